package emporium.contracts.ordering;

import emporium.contracts.Wire;
import java.util.UUID;

/** All that was done for the order is undone: close it. */
@Wire("ordering.CancelOrder.v1")
public record CancelOrder(UUID order, String reason) implements OrderingCommand {}
