package emporium.contracts.depot;

import emporium.contracts.Wire;
import java.util.UUID;

/** The list is open, and its stock reserved. */
@Wire("depot.ShoppingListCreated.v1")
public record ShoppingListCreated(UUID order, UUID shoppingList) implements DepotReply {}
