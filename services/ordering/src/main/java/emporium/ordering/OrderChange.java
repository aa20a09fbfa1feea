package emporium.ordering;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import java.util.List;
import java.util.UUID;

/** What can happen to an order: the events that its stream consists of. */
sealed interface OrderChange {
    record Created(UUID order, UUID customer, UUID payment, List<OrderLine> lines, Money total)
            implements OrderChange {}

    record Approved(UUID shoppingList) implements OrderChange {}

    record Rejected(String reason) implements OrderChange {}
}
