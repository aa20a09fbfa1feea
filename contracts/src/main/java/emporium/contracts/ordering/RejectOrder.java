package emporium.contracts.ordering;

import emporium.contracts.Wire;
import java.util.UUID;

/** The order cannot be fulfilled: tell why. */
@Wire("ordering.RejectOrder.v1")
public record RejectOrder(UUID order, String reason) implements OrderingCommand {}
