package emporium.contracts.depot;

import emporium.contracts.Wire;
import java.time.Instant;
import java.util.UUID;

/** A bot has fetched all that is on the order's list. */
@Wire("depot.ShoppingListCompleted.v1")
public record ShoppingListCompleted(UUID order, UUID shoppingList, UUID bot, Instant at) implements DepotEvent {}
