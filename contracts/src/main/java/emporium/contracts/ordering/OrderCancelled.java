package emporium.contracts.ordering;

import emporium.contracts.Wire;
import java.util.UUID;

/** The order is cancelled. */
@Wire("ordering.OrderCancelled.v1")
public record OrderCancelled(UUID order) implements OrderingReply {}
