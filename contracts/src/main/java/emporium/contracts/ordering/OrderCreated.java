package emporium.contracts.ordering;

import emporium.contracts.Money;
import emporium.contracts.Wire;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An order was placed at the catalogue's prices and waits for approval. */
@Wire("ordering.OrderCreated.v1")
public record OrderCreated(UUID order, UUID customer, UUID payment, List<OrderLine> lines, Money total, Instant at)
        implements OrderingEvent {}
