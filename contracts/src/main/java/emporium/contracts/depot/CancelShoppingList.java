package emporium.contracts.depot;

import emporium.contracts.Wire;
import java.util.UUID;

/** Cancels the order's list and frees its stock, also when the list was never opened or is still to come. */
@Wire("depot.CancelShoppingList.v1")
public record CancelShoppingList(UUID order) implements DepotCommand {}
