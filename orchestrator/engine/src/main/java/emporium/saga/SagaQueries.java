package emporium.saga;

import emporium.saga.Progress.Awaited;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What an operator wants to know of the sagas stored here. Reads only, needs no transaction. */
public final class SagaQueries {

    private static final String COLUMNS = """
            id, definition, definition_version, status, step, business_key, outstanding, deadline, cancelled, late,
            created_at, updated_at
            from %1$s.saga""";
    private static final String ARCHIVED = """
            id, definition, definition_version, status, null, business_key, '[]'::jsonb, null, cancelled, false,
            created_at, updated_at
            from %1$s.saga_archive""";

    private final SagaTables tables;

    public SagaQueries(SagaTables tables) {
        this.tables = tables;
    }

    /**
     * Sagas, the newest first, finished ones as long as the archive keeps them.
     *
     * @param wanted what they have in common
     * @param before only older ones than this saga; null begins with the newest
     */
    public List<Found> list(Filter wanted, UUID before, int limit) {
        var where = """

                where (?::text is null or status = ?) and (?::text is null or definition = ?)
                    and (?::uuid is null or business_key = ?) and (?::timestamptz is null or created_at < ?)
                    and (?::uuid is null or id < ?)""";
        return tables.query(
                "(select " + COLUMNS + where + " order by id desc limit ?) union all (select " + ARCHIVED + where
                        + " order by id desc limit ?) order by id desc limit ?",
                statement -> {
                    var parameters = new Parameters(statement);
                    filter(parameters, wanted, before, limit);
                    filter(parameters, wanted, before, limit);
                    parameters.value(limit);
                },
                this::found);
    }

    public Optional<Found> find(UUID id) {
        return tables
                .query(
                        "select " + COLUMNS + " where id = ? union all select " + ARCHIVED + " where id = ?",
                        statement -> new Parameters(statement).twice(id),
                        this::found)
                .stream()
                .findFirst();
    }

    /** All that has happened to this saga, in its order; empty when there is none. */
    public List<Told> history(UUID id) {
        return tables.query("""
                select at, step, kind, message_type, outcome, attempt, message_id, detail
                from %1$s.saga_history where saga_id = ? order by seq""", statement -> new Parameters(statement).value(id), SagaQueries::told);
    }

    /** Unfinished sagas, counted by where they stand. */
    public List<InFlight> inFlight() {
        return tables.query(
                """
                select definition, step, status, count(*), min(created_at) as oldest from %1$s.saga
                where status in ('RUNNING', 'COMPENSATING', 'NEEDS_ATTENTION') group by 1, 2, 3""",
                statement -> {},
                row -> new InFlight(
                        row.getString(1),
                        row.getString(2),
                        SagaStatus.valueOf(row.getString(3)),
                        row.getLong(4),
                        SagaTables.instant(row, "oldest")));
    }

    private static void filter(Parameters parameters, Filter wanted, UUID before, int limit) throws SQLException {
        parameters
                .twice(wanted.status() == null ? null : wanted.status().name())
                .twice(wanted.definition())
                .twice(wanted.businessKey())
                .twice(wanted.begunBefore() == null ? null : SagaTables.written(wanted.begunBefore()))
                .twice(before)
                .value(limit);
    }

    private Found found(ResultSet row) throws SQLException {
        return new Found(
                row.getObject("id", UUID.class),
                row.getString("definition"),
                row.getInt("definition_version"),
                SagaStatus.valueOf(row.getString("status")),
                row.getString("step"),
                row.getObject("business_key", UUID.class),
                List.of(tables.read(row.getString("outstanding"), Awaited[].class)),
                SagaTables.instant(row, "deadline"),
                row.getString("cancelled"),
                row.getBoolean("late"),
                SagaTables.instant(row, "created_at"),
                SagaTables.instant(row, "updated_at"));
    }

    private static Told told(ResultSet row) throws SQLException {
        return new Told(
                SagaTables.instant(row, "at"),
                row.getString("step"),
                HistoryEntry.Subject.valueOf(row.getString("kind")),
                row.getString("message_type"),
                HistoryEntry.Outcome.valueOf(row.getString("outcome")),
                row.getInt("attempt"),
                row.getObject("message_id", UUID.class),
                row.getString("detail"));
    }

    /**
     * What listed sagas have in common; null stands for anything.
     *
     * @param begunBefore for those that are older than something
     */
    public record Filter(SagaStatus status, String definition, UUID businessKey, Instant begunBefore) {}

    /**
     * @param step where it stands; null when it has ended
     * @param outstanding the commands whose replies are awaited
     * @param limit when the whole saga should have ended; null when it has no such time or when that has passed
     * @param cancelled why it was to be cancelled when it was past its pivot
     * @param late whether something in it has taken longer than it may
     */
    public record Found(
            UUID id,
            String definition,
            int version,
            SagaStatus status,
            String step,
            UUID businessKey,
            List<Awaited> outstanding,
            Instant limit,
            String cancelled,
            boolean late,
            Instant createdAt,
            Instant updatedAt) {

        /** When something is done about it if no answer comes before; null when only an answer or a person can help. */
        public Instant deadline() {
            return Stream.concat(outstanding.stream().map(Awaited::next), Stream.of(limit))
                    .filter(Objects::nonNull)
                    .min(Instant::compareTo)
                    .orElse(null);
        }
    }

    /** Unfinished sagas at one step; {@code oldest} is when the oldest of them began. */
    public record InFlight(String definition, String step, SagaStatus status, long sagas, Instant oldest) {}

    /** A stored {@link HistoryEntry}, its message told by wire name. */
    public record Told(
            Instant at,
            String step,
            HistoryEntry.Subject kind,
            String message,
            HistoryEntry.Outcome outcome,
            int attempt,
            UUID messageId,
            String detail) {}
}
