package emporium.contracts.depot;

import emporium.contracts.Wire;
import java.util.UUID;

/** There is no list to fetch for this order, and nothing is reserved for it. */
@Wire("depot.ShoppingListCancelled.v1")
public record ShoppingListCancelled(UUID order) implements DepotReply {}
