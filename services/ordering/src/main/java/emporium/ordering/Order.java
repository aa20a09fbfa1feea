package emporium.ordering;

import static emporium.contracts.ordering.OrderStatus.APPROVED;
import static emporium.contracts.ordering.OrderStatus.CANCELLED;
import static emporium.contracts.ordering.OrderStatus.CANCELLING;
import static emporium.contracts.ordering.OrderStatus.COMPLETED;
import static emporium.contracts.ordering.OrderStatus.PENDING;
import static emporium.contracts.ordering.OrderStatus.READY;
import static emporium.contracts.ordering.OrderStatus.REJECTED;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderStatus;
import emporium.eventsourcing.AggregateType;
import emporium.ordering.OrderChange.Approved;
import emporium.ordering.OrderChange.ApprovedTooLate;
import emporium.ordering.OrderChange.CancelRequested;
import emporium.ordering.OrderChange.Cancelled;
import emporium.ordering.OrderChange.Completed;
import emporium.ordering.OrderChange.Created;
import emporium.ordering.OrderChange.FetchedBeforehand;
import emporium.ordering.OrderChange.Invoiced;
import emporium.ordering.OrderChange.Readied;
import emporium.ordering.OrderChange.Rejected;
import java.util.List;
import java.util.UUID;

/**
 * An order as its history tells it. Decisions answer what happened, or nothing when it had happened already: a
 * command that was answered and comes once more finds its work done. What the others tell of an order whose cancel
 * was asked for changes nothing any more: the cancel undoes it.
 *
 * @param fetched that a bot was faster than the approval, else null
 * @param reason of the refusal or of the cancel, the first that was given; else null
 */
record Order(
        UUID id,
        UUID customer,
        UUID payment,
        List<OrderLine> lines,
        Money total,
        OrderStatus status,
        UUID shoppingList,
        UUID invoice,
        FetchedBeforehand fetched,
        String reason) {

    static final AggregateType<Order, OrderChange> TYPE = AggregateType.named("order", OrderChange.class, Order::after)
            .event("OrderCreated", 1, Created.class)
            .event("OrderApproved", 1, Approved.class)
            .event("OrderRejected", 1, Rejected.class)
            .event("OrderFetchedBeforehand", 1, FetchedBeforehand.class)
            .event("OrderReadied", 1, Readied.class)
            .event("OrderInvoiced", 1, Invoiced.class)
            .event("OrderCompleted", 1, Completed.class)
            .event("OrderCancelRequested", 1, CancelRequested.class)
            .event("OrderApprovedTooLate", 1, ApprovedTooLate.class)
            .event("OrderCancelled", 1, Cancelled.class)
            .build();

    /** The order after a change; there is none before the first. */
    static Order after(Order before, OrderChange change) {
        return switch (change) {
            case Created c ->
                new Order(c.order(), c.customer(), c.payment(), c.lines(), c.total(), PENDING, null, null, null, null);
            case Approved a -> before.with(a.shoppingList()).now(APPROVED);
            case Rejected r -> before.because(r.reason()).now(REJECTED);
            case FetchedBeforehand f -> before.with(f);
            case Readied r -> before.with(r.shoppingList()).now(READY);
            case Invoiced i -> before.withInvoice(i.invoice());
            case Completed c -> before.withInvoice(c.invoice()).now(COMPLETED);
            case CancelRequested c -> before.because(c.reason()).now(CANCELLING);
            case ApprovedTooLate a -> before.with(a.shoppingList());
            case Cancelled c -> before.because(c.reason()).now(CANCELLED);
        };
    }

    List<? extends OrderChange> approve(UUID list) {
        if (list.equals(shoppingList)) {
            return List.of();
        }
        return switch (status) {
            case PENDING ->
                fetched == null ? List.of(new Approved(list)) : List.of(new Approved(list), readied(fetched));
            case CANCELLING -> List.of(new ApprovedTooLate(list));
            case APPROVED, READY, COMPLETED, REJECTED, CANCELLED -> throw cannotBecome(APPROVED);
        };
    }

    /**
     * Closes an order for which nothing is held. One whose cancel was asked for ends as cancelled, as the customer
     * was promised, whichever of the two was faster; why it would have been refused stays in the history.
     */
    List<? extends OrderChange> reject(String why) {
        return switch (status) {
            case PENDING -> List.of(new Rejected(why));
            case CANCELLING -> List.of(new Cancelled(why));
            case REJECTED, CANCELLED -> List.of();
            case APPROVED, READY, COMPLETED -> throw cannotBecome(REJECTED);
        };
    }

    /** Closes an order for which nothing is held (any more). A pending one was turned round by an operator. */
    List<? extends OrderChange> cancel(String why) {
        return switch (status) {
            case PENDING, CANCELLING -> List.of(new Cancelled(why));
            case REJECTED, CANCELLED -> List.of();
            case APPROVED, READY, COMPLETED -> throw cannotBecome(CANCELLED);
        };
    }

    List<? extends OrderChange> requestCancel(String why) {
        if (!SemanticLock.letsCancel(status)) {
            throw cannotBecome(CANCELLING);
        }
        return List.of(new CancelRequested(why));
    }

    List<? extends OrderChange> fetch(UUID list, UUID bot) {
        return switch (status) {
            case PENDING -> fetched == null ? List.of(new FetchedBeforehand(list, bot)) : List.of();
            case APPROVED -> List.of(new Readied(list, bot));
            case READY, COMPLETED, REJECTED, CANCELLING, CANCELLED -> List.of();
        };
    }

    List<? extends OrderChange> invoice(UUID issued) {
        return switch (status) {
            case READY -> issued.equals(invoice) ? List.of() : List.of(new Invoiced(issued));
            case COMPLETED, REJECTED, CANCELLING, CANCELLED -> List.of();
            case PENDING, APPROVED -> throw tooEarly(issued);
        };
    }

    /** What was paid may be heard of before what was issued. */
    List<? extends OrderChange> pay(UUID paid) {
        return switch (status) {
            case READY -> List.of(new Completed(paid));
            case COMPLETED, REJECTED, CANCELLING, CANCELLED -> List.of();
            case PENDING, APPROVED -> throw tooEarly(paid);
        };
    }

    private static Readied readied(FetchedBeforehand fetched) {
        return new Readied(fetched.shoppingList(), fetched.bot());
    }

    private IllegalStateException cannotBecome(OrderStatus to) {
        return new IllegalStateException("The order " + id + " is " + status + " and cannot become " + to + ".");
    }

    private IllegalStateException tooEarly(UUID early) {
        return new IllegalStateException(
                "The order " + id + " is " + status + " and cannot have the invoice " + early + " yet.");
    }

    private Order now(OrderStatus next) {
        return new Order(id, customer, payment, lines, total, next, shoppingList, invoice, fetched, reason);
    }

    private Order with(UUID list) {
        return new Order(id, customer, payment, lines, total, status, list, invoice, fetched, reason);
    }

    private Order with(FetchedBeforehand early) {
        return new Order(id, customer, payment, lines, total, status, shoppingList, invoice, early, reason);
    }

    private Order withInvoice(UUID issued) {
        return new Order(id, customer, payment, lines, total, status, shoppingList, issued, fetched, reason);
    }

    private Order because(String why) {
        var first = reason == null ? why : reason;
        return new Order(id, customer, payment, lines, total, status, shoppingList, invoice, fetched, first);
    }
}
