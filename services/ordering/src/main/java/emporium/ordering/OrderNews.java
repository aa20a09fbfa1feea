package emporium.ordering;

import emporium.contracts.ordering.OrderCancelRequested;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderCreated;
import emporium.eventsourcing.Loaded;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.ordering.OrderChange.CancelRequested;
import emporium.ordering.OrderChange.Created;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Tells the others of every change, in the transaction that makes it: the full state with its version, so that any
 * order of arrival does. Those who watch an order in this process are told after the commit.
 */
@Singleton
class OrderNews {
    /** The order has changed, and the transaction that changed it was committed. */
    record Committed(UUID order) {}

    private final Outbox outbox;
    private final Event<Committed> watchers;

    OrderNews(@OwnedBy("ordering") Outbox outbox, Event<Committed> watchers) {
        this.outbox = outbox;
        this.watchers = watchers;
    }

    void tell(Loaded<Order> before, List<? extends OrderChange> changes, Instant at) {
        var state = before.state();
        var version = before.version();
        for (var change : changes) {
            state = Order.after(state, change);
            tell(state, ++version, change, at);
        }
        if (!changes.isEmpty()) {
            watchers.fire(new Committed(before.id()));
        }
    }

    private void tell(Order order, long version, OrderChange change, Instant at) {
        if (change instanceof Created) {
            outbox.publish(order.id(), created(order, at));
            return;
        }
        outbox.publish(order.id(), changed(order, version, at));
        if (change instanceof CancelRequested(String reason)) {
            outbox.publish(
                    order.id(), new OrderCancelRequested(order.id(), order.customer(), order.payment(), reason, at));
        }
    }

    private static OrderCreated created(Order order, Instant at) {
        return new OrderCreated(order.id(), order.customer(), order.payment(), order.lines(), order.total(), at);
    }

    private static OrderChanged changed(Order order, long version, Instant at) {
        return new OrderChanged(
                order.id(),
                version,
                order.status(),
                order.reason(),
                order.customer(),
                order.payment(),
                order.shoppingList(),
                order.invoice(),
                order.total(),
                at);
    }
}
