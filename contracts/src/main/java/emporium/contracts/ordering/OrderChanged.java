package emporium.contracts.ordering;

import emporium.contracts.MayBeNull;
import emporium.contracts.Money;
import emporium.contracts.Wire;
import java.time.Instant;
import java.util.UUID;

/** The order is now as told here; what may be null is so as long as there is none. */
@Wire("ordering.OrderChanged.v1")
public record OrderChanged(
        UUID order,
        long version,
        OrderStatus status,
        @MayBeNull String reason,
        UUID customer,
        UUID payment,
        @MayBeNull UUID shoppingList,
        @MayBeNull UUID invoice,
        Money total,
        Instant at)
        implements OrderingEvent {}
