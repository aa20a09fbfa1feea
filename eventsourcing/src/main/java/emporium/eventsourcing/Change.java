package emporium.eventsourcing;

import java.util.List;
import java.util.Objects;

/** What is to be added to one aggregate: the events that happened to it since it was read, oldest first. */
public record Change<A, E>(Loaded<A> before, List<? extends E> events, Metadata metadata) {

    public Change {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(metadata, "metadata");
        events = List.copyOf(events);
    }

    /** The aggregate with the events folded in. */
    Loaded<A> after(AggregateType<A, E> type) {
        var aggregate = before;
        for (var event : events) {
            aggregate = aggregate.next(type.fold(aggregate.state(), event));
        }
        return aggregate;
    }
}
