package emporium.search;

import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderStatus;

/** What a creation says about an order's state. */
final class Changes {
    private Changes() {}

    static OrderChanged firstOf(OrderCreated order) {
        return new OrderChanged(
                order.order(),
                1,
                OrderStatus.PENDING,
                null,
                order.customer(),
                order.payment(),
                null,
                null,
                order.total(),
                order.at());
    }
}
