package emporium.contracts.ordering;

import emporium.contracts.Wire;
import java.util.UUID;

/** The order is rejected. */
@Wire("ordering.OrderRejected.v1")
public record OrderRejected(UUID order) implements OrderingReply {}
