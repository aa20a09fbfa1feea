package emporium.stores;

import emporium.eventsourcing.Metadata;
import emporium.eventsourcing.RecordedEvent;
import emporium.rest.Cursor;
import emporium.rest.Page;
import java.util.List;
import java.util.UUID;

/** One event of a history as REST shows it. */
record ChangeView(long version, String type, Object data, Metadata metadata) {

    /** A page of a history, of which one event more than asked for was read. */
    static <E> Page<ChangeView> page(List<RecordedEvent<E>> events, int limit) {
        return Page.of(events.stream().map(ChangeView::of).toList(), limit, ChangeView::cursor);
    }

    /** The version at which a page of a history begins. */
    static long after(String cursor) {
        return cursor == null ? 0 : Cursor.decode(cursor).getLeastSignificantBits();
    }

    private static ChangeView of(RecordedEvent<?> event) {
        return new ChangeView(event.version(), event.type(), event.data(), event.metadata());
    }

    private UUID cursor() {
        return new UUID(0, version);
    }
}
