package emporium.contracts.ordering;

import emporium.contracts.Wire;
import java.util.UUID;

/** The order is approved. */
@Wire("ordering.OrderApproved.v1")
public record OrderApproved(UUID order) implements OrderingReply {}
