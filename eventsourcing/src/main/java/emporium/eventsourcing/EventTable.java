package emporium.eventsourcing;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/** The SQL of the event and the snapshot table of one schema. */
final class EventTable {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private final DataSource dataSource;
    private final String schema;

    EventTable(DataSource dataSource, String schema) {
        if (!schema.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("'" + schema + "' is no schema name: use lower-case letters");
        }
        this.dataSource = dataSource;
        this.schema = schema;
    }

    /** An event that is about to be written. */
    record NewEvent(UUID stream, long version, String type, int typeVersion, String data, Metadata metadata) {}

    /** Writes all by one statement and returns their positions, in the order given. */
    List<Long> insert(String aggregate, List<NewEvent> events) {
        return run("""
                with given as (
                    select * from unnest(?::uuid[], ?::bigint[], ?::text[], ?::integer[], ?::jsonb[], ?::timestamptz[],
                                         ?::text[], ?::uuid[], ?::uuid[], ?::text[])
                        with ordinality as given (stream_id, version, type, type_version, data, occurred_at,
                                                  actor, correlation_id, causation_id, reason, nth))
                insert into {schema}.event (stream_id, version, aggregate, type, type_version, data, occurred_at,
                                            actor, correlation_id, causation_id, reason)
                select stream_id, version, ?, type, type_version, data, occurred_at,
                       actor, correlation_id, causation_id, reason
                from given order by nth
                returning position
                """, statement -> {
            var arrays = new Arrays<>(statement, events);
            arrays.add("uuid", NewEvent::stream);
            arrays.add("bigint", NewEvent::version);
            arrays.add("text", NewEvent::type);
            arrays.add("integer", NewEvent::typeVersion);
            arrays.add("jsonb", NewEvent::data);
            arrays.add("timestamptz", event -> event.metadata().occurredAt());
            arrays.add("text", event -> event.metadata().actor());
            arrays.add("uuid", event -> event.metadata().correlationId());
            arrays.add("uuid", event -> event.metadata().causationId());
            arrays.add("text", event -> event.metadata().reason());
            statement.setString(11, aggregate);
            return rows(statement, row -> row.getLong("position")).stream()
                    .sorted()
                    .toList();
        });
    }

    /** A snapshot that is about to be written. */
    record NewSnapshot(UUID stream, long version, String state) {}

    /** Keeps the newest snapshot of each stream, all by one statement. */
    void upsert(int shape, Collection<NewSnapshot> snapshots) {
        run("""
                insert into {schema}.snapshot (stream_id, version, shape, state)
                select stream_id, version, ?, state
                from unnest(?::uuid[], ?::bigint[], ?::jsonb[]) as given (stream_id, version, state)
                on conflict (stream_id) do update
                set version = excluded.version, shape = excluded.shape, state = excluded.state
                """, statement -> {
            statement.setInt(1, shape);
            var arrays = new Arrays<>(statement, snapshots, 2);
            arrays.add("uuid", NewSnapshot::stream);
            arrays.add("bigint", NewSnapshot::version);
            arrays.add("jsonb", NewSnapshot::state);
            return statement.executeUpdate();
        });
    }

    /** Snapshots of this shape and the events after them, up to a version, by stream and version. */
    List<StoredEvent> streams(String aggregate, Collection<UUID> ids, int shape, long upTo) {
        return run("""
                with usable as (
                    select stream_id, version, shape, state from {schema}.snapshot
                    where stream_id = any(?) and shape = ? and version <= ?)
                select 0 as position, stream_id, version, null as type, shape as type_version, state as data,
                       now() as occurred_at, null as actor, null::uuid as correlation_id, null::uuid as causation_id,
                       null as reason
                from usable
                union all
                select event.position, event.stream_id, event.version, event.type, event.type_version, event.data,
                       event.occurred_at, event.actor, event.correlation_id, event.causation_id, event.reason
                from {schema}.event left join usable on usable.stream_id = event.stream_id
                where event.stream_id = any(?) and event.aggregate = ? and event.version <= ?
                  and (usable.version is null or event.version > usable.version)
                order by stream_id, version
                """, statement -> {
            var streams = statement.getConnection().createArrayOf("uuid", ids.toArray());
            statement.setArray(1, streams);
            statement.setInt(2, shape);
            statement.setLong(3, upTo);
            statement.setArray(4, streams);
            statement.setString(5, aggregate);
            statement.setLong(6, upTo);
            return rows(statement, EventTable::storedEvent);
        });
    }

    /** The last version that a stream had at some time, 0 if it had not begun. */
    long versionAt(UUID stream, Instant time) {
        return run("""
                select coalesce(max(version), 0) as version from {schema}.event
                where stream_id = ? and occurred_at <= ?
                """, statement -> {
            statement.setObject(1, stream);
            statement.setObject(2, storable(time));
            return rows(statement, row -> row.getLong("version")).getFirst();
        });
    }

    /** Times beyond those that PostgreSQL can hold are as good as its first and last. */
    private static OffsetDateTime storable(Instant time) {
        var inside = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
        return inside.atOffset(ZoneOffset.UTC);
    }

    /** A page of one stream. */
    List<StoredEvent> stream(String aggregate, UUID id, long afterVersion, int limit) {
        return run("""
                select * from {schema}.event
                where stream_id = ? and aggregate = ? and version > ?
                order by version limit ?
                """, statement -> {
            statement.setObject(1, id);
            statement.setString(2, aggregate);
            statement.setLong(3, afterVersion);
            statement.setInt(4, limit);
            return rows(statement, EventTable::storedEvent);
        });
    }

    /** An event with the aggregate that it belongs to. */
    record OfAggregate(String aggregate, StoredEvent event) {}

    /** A page of the events of these aggregates in the global order. */
    List<OfAggregate> page(Collection<String> aggregates, long afterPosition, int limit) {
        return run("""
                select * from {schema}.event
                where aggregate = any(?) and position > ?
                order by position limit ?
                """, statement -> {
            statement.setArray(1, statement.getConnection().createArrayOf("text", aggregates.toArray()));
            statement.setLong(2, afterPosition);
            statement.setInt(3, limit);
            return rows(statement, row -> new OfAggregate(row.getString("aggregate"), storedEvent(row)));
        });
    }

    /** Locks the first event of a stream, which is always there; false if there is none. */
    boolean lock(UUID stream) {
        return run("""
                select from {schema}.event where stream_id = ? and version = 1 for no key update
                """, statement -> {
            statement.setObject(1, stream);
            return !rows(statement, row -> stream).isEmpty();
        });
    }

    /** Lets nobody append until the transaction ends; readers go on. */
    void stopAppends() {
        run("lock table {schema}.event in share row exclusive mode", PreparedStatement::execute);
    }

    void requireTransaction() {
        try (var connection = dataSource.getConnection()) {
            if (connection.getAutoCommit()) {
                throw new IllegalStateException("events are only written inside a transaction: begin one");
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static StoredEvent storedEvent(ResultSet row) throws SQLException {
        var metadata = new Metadata(
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getObject("correlation_id", UUID.class),
                row.getObject("causation_id", UUID.class),
                row.getString("reason"));
        return new StoredEvent(
                row.getLong("position"),
                row.getObject("stream_id", UUID.class),
                row.getLong("version"),
                row.getString("type"),
                row.getInt("type_version"),
                row.getString("data"),
                metadata);
    }

    private <T> T run(String sql, Work<T> work) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql.replace("{schema}", schema))) {
            return work.on(statement);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(SQLException e) {
        return UNIQUE_VIOLATION.equals(e.getSQLState())
                ? new ConcurrentChange("someone else saved the same aggregate first: " + e.getMessage(), e)
                : new IllegalStateException("the event store's database said: " + e.getMessage(), e);
    }

    private static <T> List<T> rows(PreparedStatement statement, RowReader<T> reader) throws SQLException {
        var rows = new ArrayList<T>();
        try (var results = statement.executeQuery()) {
            while (results.next()) {
                rows.add(reader.read(results));
            }
        }
        return rows;
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Sets one array parameter after the other, each of one column of all rows. */
    private static final class Arrays<T> {

        private final PreparedStatement statement;
        private final Connection connection;
        private final Collection<T> rows;
        private int next;

        Arrays(PreparedStatement statement, Collection<T> rows) throws SQLException {
            this(statement, rows, 1);
        }

        Arrays(PreparedStatement statement, Collection<T> rows, int first) throws SQLException {
            this.statement = statement;
            this.connection = statement.getConnection();
            this.rows = rows;
            this.next = first;
        }

        void add(String type, Function<T, Object> column) throws SQLException {
            Array array =
                    connection.createArrayOf(type, rows.stream().map(column).toArray());
            statement.setArray(next++, array);
        }
    }
}
