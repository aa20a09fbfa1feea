package emporium.eventsourcing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Aggregates as streams of events in the tables of one PostgreSQL schema (migration {@code db/eventsourcing}).
 * Saves and rebuilds run in the caller's transaction, in which the data source must be enlisted, and refuse to run
 * outside of one; reads run in either. Safe for use by many threads; blocks.
 */
public final class EventStore {

    private static final Logger LOG = Logger.getLogger(EventStore.class);
    private static final int NO_SNAPSHOT = 0;
    private static final int PAGE = 1000;

    private final EventTable table;
    private final ObjectMapper json;
    private final List<Projection<?>> projections;

    /** @param schema lower-case letters, digits and underscores */
    public EventStore(DataSource dataSource, String schema, ObjectMapper json, Projection<?>... projections) {
        this.table = new EventTable(dataSource, schema);
        this.json = json;
        this.projections = List.of(projections);
    }

    /** The aggregate as it is now. */
    public <A, E> Optional<Loaded<A>> find(AggregateType<A, E> type, UUID id) {
        return findAt(type, id, Long.MAX_VALUE);
    }

    /**
     * As {@link #find}, after waiting for all others who came this way to end their transactions, so that no {@link
     * ConcurrentChange} comes of them. For aggregates that many change at once; needs a transaction.
     */
    public <A, E> Optional<Loaded<A>> findLocked(AggregateType<A, E> type, UUID id) {
        table.requireTransaction();
        // Two statements: the second sees what was committed while the first one waited.
        return table.lock(id) ? find(type, id) : Optional.empty();
    }

    /** The aggregate as it was after its first {@code version} events, or as it is now if it has fewer. */
    public <A, E> Optional<Loaded<A>> findAt(AggregateType<A, E> type, UUID id, long version) {
        return Optional.ofNullable(read(type, List.of(id), version).get(id));
    }

    /** The aggregate as it was at some time. */
    public <A, E> Optional<Loaded<A>> findAt(AggregateType<A, E> type, UUID id, Instant time) {
        return findAt(type, id, table.versionAt(id, time));
    }

    /** Those of the aggregates that exist, read by one statement. */
    public <A, E> Map<UUID, Loaded<A>> loadAll(AggregateType<A, E> type, Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : read(type, ids, Long.MAX_VALUE);
    }

    /** What happened to the aggregate, oldest first, a page at a time. */
    public <A, E> List<RecordedEvent<E>> history(AggregateType<A, E> type, UUID id, long afterVersion, int limit) {
        return table.stream(type.name(), id, afterVersion, limit).stream()
                .map(row -> type.read(json, row))
                .toList();
    }

    /**
     * Appends events to an aggregate and returns it as it is with them.
     *
     * @throws ConcurrentChange if it is not at the version any more at which it was read
     */
    public <A, E> Loaded<A> save(
            AggregateType<A, E> type, Loaded<A> before, List<? extends E> events, Metadata metadata) {
        return saveAll(type, List.of(new Change<A, E>(before, events, metadata)))
                .getFirst();
    }

    /**
     * As {@link #save} for many aggregates: their events are written by one statement, and each projection sees all of
     * them at once. A second change of the same aggregate builds on the state that the first one leaves.
     */
    public <A, E> List<Loaded<A>> saveAll(AggregateType<A, E> type, List<Change<A, E>> changes) {
        table.requireTransaction();
        var after = changes.stream().map(change -> change.after(type)).toList();
        var written = changes.stream().flatMap(change -> numbered(type, change)).toList();
        if (!written.isEmpty()) {
            var recorded = append(type, written);
            keepSnapshots(type, changes, after);
            projections.forEach(projection -> project(projection, type, recorded));
        }
        return after;
    }

    /**
     * Empties the projection of this name and replays all events into it, in pages and in their global order, within
     * the caller's transaction: readers see the old state until it commits, appends wait. Give the transaction the
     * time that it needs.
     *
     * @return how many events were replayed
     */
    public long rebuild(String projection) {
        return projections.stream()
                .filter(candidate -> candidate.name().equals(projection))
                .findFirst()
                .map(this::replay)
                .orElseThrow(() -> new IllegalArgumentException("there is no projection named " + projection));
    }

    /** The names of the projections that this store keeps. */
    public List<String> projections() {
        return projections.stream().map(Projection::name).toList();
    }

    private <A, E> Map<UUID, Loaded<A>> read(AggregateType<A, E> type, Collection<UUID> ids, long upTo) {
        try {
            return fold(type, table.streams(type.name(), ids, type.snapshotShape(), upTo));
        } catch (JsonProcessingException e) {
            LOG.warnf("A snapshot of a %s cannot be read and is passed over: %s", type, e.getOriginalMessage());
            return foldWithoutSnapshots(type, ids, upTo);
        }
    }

    private <A, E> Map<UUID, Loaded<A>> foldWithoutSnapshots(
            AggregateType<A, E> type, Collection<UUID> ids, long upTo) {
        try {
            return fold(type, table.streams(type.name(), ids, NO_SNAPSHOT, upTo));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("read a snapshot where none was asked for", e);
        }
    }

    private <A, E> Map<UUID, Loaded<A>> fold(AggregateType<A, E> type, List<StoredEvent> rows)
            throws JsonProcessingException {
        var aggregates = new LinkedHashMap<UUID, Loaded<A>>();
        for (var row : rows) {
            if (row.isSnapshot()) {
                var state = type.decodeSnapshot(json, row);
                aggregates.put(row.stream(), new Loaded<>(row.stream(), row.version(), state));
            } else {
                var before = aggregates.getOrDefault(row.stream(), Loaded.fresh(row.stream()));
                aggregates.put(row.stream(), before.next(type.fold(before.state(), type.decode(json, row))));
            }
        }
        return aggregates;
    }

    /** An event with the row that it is written to. */
    private record Numbered<E>(E event, EventTable.NewEvent row) {}

    private <A, E> Stream<Numbered<E>> numbered(AggregateType<A, E> type, Change<A, E> change) {
        return IntStream.range(0, change.events().size()).mapToObj(i -> {
            E event = change.events().get(i);
            var stored = type.stored(event);
            var version = change.before().version() + i + 1;
            var row = new EventTable.NewEvent(
                    change.before().id(), version, stored.name(), stored.version(), write(event), change.metadata());
            return new Numbered<>(event, row);
        });
    }

    private <E> List<RecordedEvent<E>> append(AggregateType<?, E> type, List<Numbered<E>> written) {
        var positions =
                table.insert(type.name(), written.stream().map(Numbered::row).toList());
        return IntStream.range(0, written.size())
                .mapToObj(i -> recorded(positions.get(i), written.get(i)))
                .toList();
    }

    private static <E> RecordedEvent<E> recorded(long position, Numbered<E> written) {
        var row = written.row();
        return new RecordedEvent<>(position, row.stream(), row.version(), row.type(), written.event(), row.metadata());
    }

    private <A, E> void keepSnapshots(AggregateType<A, E> type, List<Change<A, E>> changes, List<Loaded<A>> after) {
        var due = new HashMap<UUID, EventTable.NewSnapshot>();
        for (int i = 0; i < changes.size(); i++) {
            var loaded = after.get(i);
            if (type.snapshotDue(changes.get(i).before().version(), loaded.version())) {
                due.put(loaded.id(), new EventTable.NewSnapshot(loaded.id(), loaded.version(), write(loaded.state())));
            }
        }
        if (!due.isEmpty()) {
            table.upsert(type.snapshotShape(), due.values());
        }
    }

    private static <P, E> void project(
            Projection<P> projection, AggregateType<?, E> type, List<RecordedEvent<E>> recorded) {
        if (projection.sources().stream().anyMatch(source -> source.name().equals(type.name()))) {
            // The compiler has seen at sources() that all events of this type are P.
            @SuppressWarnings("unchecked")
            var events = (List<RecordedEvent<? extends P>>) (List<?>) recorded;
            projection.apply(events);
        }
    }

    private <P> long replay(Projection<P> projection) {
        table.requireTransaction();
        // Positions are drawn before the commit: without the lock an event that commits late would be passed over.
        table.stopAppends();
        projection.empty();
        Map<String, AggregateType<?, ? extends P>> types =
                projection.sources().stream().collect(Collectors.toMap(AggregateType::name, Function.identity()));
        long count = 0;
        long position = 0;
        var page = table.page(types.keySet(), position, PAGE);
        while (!page.isEmpty()) {
            var events = new ArrayList<RecordedEvent<? extends P>>();
            page.forEach(row -> events.add(types.get(row.aggregate()).read(json, row.event())));
            projection.apply(events);
            count += page.size();
            position = page.getLast().event().position();
            page = table.page(types.keySet(), position, PAGE);
        }
        return count;
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value.getClass().getName() + " cannot be written as JSON", e);
        }
    }
}
