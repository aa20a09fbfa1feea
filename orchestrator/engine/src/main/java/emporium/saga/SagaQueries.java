package emporium.saga;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What an operator wants to know of the sagas stored here. Reads only, needs no transaction. */
public final class SagaQueries {

    private final SagaTables tables;

    public SagaQueries(SagaTables tables) {
        this.tables = tables;
    }

    /**
     * Sagas, the newest first.
     *
     * @param wanted what they have in common
     * @param before only older ones than this saga; null begins with the newest
     */
    public List<Found> list(Filter wanted, UUID before, int limit) {
        return tables.query(
                """
                select id, definition, definition_version, status, step, business_key, created_at, updated_at
                from %1$s.saga
                where (?::text is null or status = ?) and (?::text is null or definition = ?)
                    and (?::uuid is null or business_key = ?) and (?::uuid is null or id < ?)
                order by id desc limit ?""",
                statement -> new Parameters(statement)
                        .twice(wanted.status() == null ? null : wanted.status().name())
                        .twice(wanted.definition())
                        .twice(wanted.businessKey())
                        .twice(before)
                        .value(limit),
                SagaQueries::found);
    }

    public Optional<Found> find(UUID id) {
        return tables.query("""
                        select id, definition, definition_version, status, step, business_key, created_at, updated_at
                        from %1$s.saga where id = ?""", statement -> new Parameters(statement).value(id), SagaQueries::found).stream()
                .findFirst();
    }

    /** All that has happened to this saga, in its order; empty when there is none. */
    public List<Told> history(UUID id) {
        return tables.query("""
                select at, step, kind, message_type, outcome, attempt, message_id, detail
                from %1$s.saga_history where saga_id = ? order by seq""", statement -> new Parameters(statement).value(id), SagaQueries::told);
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                row.getObject("id", UUID.class),
                row.getString("definition"),
                row.getInt("definition_version"),
                SagaStatus.valueOf(row.getString("status")),
                row.getString("step"),
                row.getObject("business_key", UUID.class),
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

    /** What listed sagas have in common; null stands for anything. */
    public record Filter(SagaStatus status, String definition, UUID businessKey) {}

    /** @param step where it stands; null when it has ended */
    public record Found(
            UUID id,
            String definition,
            int version,
            SagaStatus status,
            String step,
            UUID businessKey,
            Instant createdAt,
            Instant updatedAt) {}

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
