package emporium.stores;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.eventsourcing.AggregateType;
import emporium.eventsourcing.EventStore;
import emporium.eventsourcing.Loaded;
import emporium.eventsourcing.Metadata;
import emporium.eventsourcing.RecordedEvent;
import emporium.messaging.MessageContext;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The event store of this service. Records with each event who asked for it, and keeps the read models. */
@Singleton
class StoresEvents {

    private final EventStore events;
    private final InstantSource clock;

    StoresEvents(DataSource dataSource, ObjectMapper json, InstantSource clock, Mall mall, Catalog catalog) {
        this.events = new EventStore(dataSource, "stores", json, mall, catalog);
        this.clock = clock;
    }

    <A, E> Optional<Loaded<A>> find(AggregateType<A, E> type, UUID id) {
        return events.find(type, id);
    }

    /** For a change: of several at once each sees what the one before it has done. */
    <A, E> Optional<Loaded<A>> findLocked(AggregateType<A, E> type, UUID id) {
        return events.findLocked(type, id);
    }

    <A, E> Optional<Loaded<A>> findAt(AggregateType<A, E> type, UUID id, Instant time) {
        return events.findAt(type, id, time);
    }

    <A, E> List<RecordedEvent<E>> history(AggregateType<A, E> type, UUID id, long afterVersion, int limit) {
        return events.history(type, id, afterVersion, limit);
    }

    <A, E> Loaded<A> save(AggregateType<A, E> type, Loaded<A> before, List<E> happened, String reason) {
        return events.save(type, before, happened, metadata(reason));
    }

    List<String> projections() {
        return events.projections();
    }

    long rebuild(String projection) {
        return events.rebuild(projection);
    }

    private Metadata metadata(String reason) {
        var context = MessageContext.current();
        return new Metadata(clock.instant(), context.actor(), context.correlationId(), context.causationId(), reason);
    }
}
