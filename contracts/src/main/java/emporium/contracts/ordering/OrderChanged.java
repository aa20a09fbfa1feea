package emporium.contracts.ordering;

import emporium.contracts.Money;
import emporium.contracts.Wire;
import java.time.Instant;
import java.util.UUID;

/** The order is now as told here; reason, shopping list and invoice are null as long as there is none. */
@Wire("ordering.OrderChanged.v1")
public record OrderChanged(
        UUID order,
        long version,
        OrderStatus status,
        String reason,
        UUID customer,
        UUID payment,
        UUID shoppingList,
        UUID invoice,
        Money total,
        Instant at)
        implements OrderingEvent {}
