package emporium.ordering;

import static emporium.ordering.OrderStatus.APPROVED;
import static emporium.ordering.OrderStatus.PENDING;
import static emporium.ordering.OrderStatus.REJECTED;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import emporium.eventsourcing.AggregateType;
import emporium.ordering.OrderChange.Approved;
import emporium.ordering.OrderChange.Created;
import emporium.ordering.OrderChange.Rejected;
import java.util.List;
import java.util.UUID;

/**
 * An order as its history tells it. Decisions answer what happened, or nothing when it had happened already: a
 * command that was answered and comes once more finds its work done.
 */
record Order(
        UUID id,
        UUID customer,
        UUID payment,
        List<OrderLine> lines,
        Money total,
        OrderStatus status,
        UUID shoppingList,
        String reason) {

    static final AggregateType<Order, OrderChange> TYPE = AggregateType.named("order", OrderChange.class, Order::after)
            .event("OrderCreated", 1, Created.class)
            .event("OrderApproved", 1, Approved.class)
            .event("OrderRejected", 1, Rejected.class)
            .build();

    /** The order after a change; there is none before the first. */
    static Order after(Order before, OrderChange change) {
        return switch (change) {
            case Created c ->
                new Order(c.order(), c.customer(), c.payment(), c.lines(), c.total(), PENDING, null, null);
            case Approved a -> before.now(APPROVED, a.shoppingList(), null);
            case Rejected r -> before.now(REJECTED, null, r.reason());
        };
    }

    List<OrderChange> approve(UUID list) {
        return list.equals(shoppingList) ? List.of() : move(PENDING, APPROVED, new Approved(list));
    }

    /** The reason that was given first stays. */
    List<OrderChange> reject(String why) {
        return status == REJECTED ? List.of() : move(PENDING, REJECTED, new Rejected(why));
    }

    private List<OrderChange> move(OrderStatus from, OrderStatus to, OrderChange change) {
        if (status != from) {
            throw new IllegalStateException("The order " + id + " is " + status + " and cannot become " + to + ".");
        }
        return List.of(change);
    }

    private Order now(OrderStatus newStatus, UUID list, String why) {
        return new Order(id, customer, payment, lines, total, newStatus, list, why);
    }
}
