package emporium.contracts.depot;

import emporium.contracts.Wire;
import java.util.List;
import java.util.UUID;

/** Opens the shopping list of an order and reserves the stock for it. One list an order. */
@Wire("depot.CreateShoppingList.v1")
public record CreateShoppingList(UUID order, List<Line> lines) implements DepotCommand {}
