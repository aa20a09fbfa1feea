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

    /** A bot has fetched everything before the approval had arrived: noted, so that the approval makes it ready. */
    record FetchedBeforehand(UUID shoppingList, UUID bot) implements OrderChange {}

    record Readied(UUID shoppingList, UUID bot) implements OrderChange {}

    record Invoiced(UUID invoice) implements OrderChange {}

    record Completed(UUID invoice) implements OrderChange {}

    record CancelRequested(String reason) implements OrderChange {}

    /** The approval was on its way when the cancel was asked for: its list is noted, the cancel goes on. */
    record ApprovedTooLate(UUID shoppingList) implements OrderChange {}

    record Cancelled(String reason) implements OrderChange {}
}
