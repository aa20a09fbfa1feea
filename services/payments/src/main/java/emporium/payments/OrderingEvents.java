package emporium.payments;

import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderStatus;
import emporium.contracts.ordering.OrderingEvent;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** Hears what becomes of orders: one that is ready gets its invoice, once, however often and late it is told. */
@Singleton
class OrderingEvents {

    private final Cashier cashier;

    OrderingEvents(Cashier cashier) {
        this.cashier = cashier;
    }

    void prefetch(List<OrderingEvent> events) {
        var payments = events.stream()
                .flatMap(OrderingEvents::ready)
                .map(OrderChanged::payment)
                .toList();
        if (!payments.isEmpty()) {
            cashier.fetch(payments);
        }
    }

    void handle(OrderingEvent event) {
        ready(event).forEach(cashier::issue);
    }

    /** Nothing else is of interest to payments. */
    static boolean isReady(OrderingEvent event) {
        return ready(event).findAny().isPresent();
    }

    private static Stream<OrderChanged> ready(OrderingEvent event) {
        return event instanceof OrderChanged order && order.status() == OrderStatus.READY
                ? Stream.of(order)
                : Stream.empty();
    }
}
