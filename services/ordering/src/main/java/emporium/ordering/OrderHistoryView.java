package emporium.ordering;

import emporium.eventsourcing.Metadata;
import emporium.eventsourcing.RecordedEvent;

/** One change of an order in REST: what happened, when, on whose behalf and why. */
record OrderHistoryView(long version, String type, OrderChange data, Metadata metadata) {
    static OrderHistoryView of(RecordedEvent<OrderChange> event) {
        return new OrderHistoryView(event.version(), event.type(), event.data(), event.metadata());
    }
}
