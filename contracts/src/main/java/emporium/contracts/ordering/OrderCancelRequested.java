package emporium.contracts.ordering;

import emporium.contracts.Wire;
import java.time.Instant;
import java.util.UUID;

/** The customer wants the order cancelled, whatever has become of it so far. */
@Wire("ordering.OrderCancelRequested.v1")
public record OrderCancelRequested(UUID order, UUID customer, UUID payment, String reason, Instant at)
        implements OrderingEvent {}
