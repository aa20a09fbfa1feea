package emporium.contracts.ordering;

import emporium.contracts.Wire;
import java.util.UUID;

/** All that the order needs is in hand: promise it to the customer. */
@Wire("ordering.ApproveOrder.v1")
public record ApproveOrder(UUID order, UUID shoppingList) implements OrderingCommand {}
