package emporium.ordering;

import emporium.contracts.ordering.OrderStatus;
import emporium.eventsourcing.Metadata;

/** One change of an order in REST: what happened, where the order stood then, when, on whose behalf and why. */
record OrderHistoryView(long version, String type, OrderStatus status, OrderChange data, Metadata metadata) {
    static OrderHistoryView of(OrderMoment moment) {
        var event = moment.event();
        return new OrderHistoryView(
                event.version(), event.type(), moment.order().status(), event.data(), event.metadata());
    }
}
