package emporium.ordering;

import emporium.eventsourcing.RecordedEvent;
import java.util.ArrayList;
import java.util.List;

/** Something that happened to an order, and the order as it was from then on. */
record OrderMoment(RecordedEvent<OrderChange> event, Order order) {

    /** The story that these events tell, from the first on. */
    static List<OrderMoment> story(List<RecordedEvent<OrderChange>> events) {
        var story = new ArrayList<OrderMoment>();
        Order order = null;
        for (var event : events) {
            order = Order.after(order, event.data());
            story.add(new OrderMoment(event, order));
        }
        return story;
    }
}
