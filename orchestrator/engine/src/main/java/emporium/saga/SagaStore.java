package emporium.saga;

import emporium.saga.Instance.Line;
import emporium.saga.Progress.Awaited;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The saga tables as the runner writes them: whole batches, in one statement where nothing has to be known between. */
final class SagaStore {

    private static final String ROW = """
            id, definition, definition_version, business_key, status, step, begun, outstanding, deadline, cancelled,
            next_wakeup_at, correlation_id, traceparent, version""";

    private static final String ADD_HISTORY = """
            insert into %1$s.saga_history
                (saga_id, seq, at, step, kind, message_type, outcome, attempt, message_id, detail)
            select * from unnest(?::uuid[], ?::int[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::int[], ?::uuid[], ?::text[])""";

    private final SagaTables tables;
    private final Sagas sagas;

    SagaStore(SagaTables tables, Sagas sagas) {
        this.tables = tables;
        this.sagas = sagas;
    }

    /** Locks these sagas in the order of their ids, so that two runners wait for each other and never in a ring. */
    Map<UUID, Instance<?>> lock(Collection<UUID> ids) {
        var sql = "select " + ROW + " from %1$s.saga where id = any(?) order by id for update";
        return instances(tables.query(
                sql, statement -> Parameters.inTransaction(statement).column("uuid", ids, id -> id), Row::read));
    }

    /**
     * Locks sagas that are to be looked at by now, those that have waited longest first. What another runner holds is
     * passed over: that one sees to it.
     */
    Map<UUID, Instance<?>> lockDue(Instant now, int limit) {
        var sql = "select " + ROW + """

                from %1$s.saga where next_wakeup_at <= ? and definition || ' v' || definition_version = any(?)
                order by next_wakeup_at limit ? for update skip locked""";
        return instances(tables.query(
                sql,
                statement -> Parameters.inTransaction(statement)
                        .value(now)
                        .column("text", sagas.titles(), title -> title)
                        .value(limit),
                Row::read));
    }

    /** When the first saga is to be looked at. */
    Optional<Instant> nextWakeUp() {
        return tables
                .query(
                        """
                        select next_wakeup_at from %1$s.saga
                        where next_wakeup_at is not null and definition || ' v' || definition_version = any(?)
                        order by next_wakeup_at limit 1""",
                        statement -> new Parameters(statement).column("text", sagas.titles(), title -> title),
                        row -> SagaTables.instant(row, "next_wakeup_at"))
                .stream()
                .findFirst();
    }

    /** Locks sagas that have ended and left the hot table. */
    Map<UUID, Instance<?>> lockArchived(Collection<UUID> ids) {
        var instances = new TreeMap<UUID, Instance<?>>();
        tables.query(
                """
                select id, definition, definition_version, business_key, status, version
                from %1$s.saga_archive where id = any(?) order by id for update""",
                statement -> new Parameters(statement).column("uuid", ids, id -> id), row -> {
                    var saga = sagas.get(row.getString("definition"), row.getInt("definition_version"));
                    var id = row.getObject("id", UUID.class);
                    var status = SagaStatus.valueOf(row.getString("status"));
                    var key = row.getObject("business_key", UUID.class);
                    return instances.put(id, Instance.archived(saga, key, id, status, row.getInt("version")));
                });
        return instances;
    }

    private Map<UUID, Instance<?>> instances(List<Row> rows) {
        var drafts = drafts(rows.stream().map(Row::id).toList());
        var instances = new TreeMap<UUID, Instance<?>>();
        rows.forEach(row -> instances.put(
                row.id(), instance(sagas.get(row.definition(), row.definitionVersion()), row, drafts.get(row.id()))));
        return instances;
    }

    /** A statement of its own: one that has waited for the locks would still see the drafts of before the wait. */
    private Map<UUID, String> drafts(Collection<UUID> ids) {
        var drafts = new HashMap<UUID, String>();
        if (!ids.isEmpty()) {
            tables.query(
                    "select saga_id, data from %1$s.saga_draft where saga_id = any(?)",
                    statement -> new Parameters(statement).column("uuid", ids, id -> id),
                    row -> drafts.put(row.getObject("saga_id", UUID.class), row.getString("data")));
        }
        return drafts;
    }

    /** Inserts the rows of new sagas and returns the ids of those that were not there yet, nor have ended before. */
    Set<UUID> insert(Collection<Instance<?>> instances, Instant at) {
        var inserted = new HashSet<>(tables.query(
                """
                insert into %1$s.saga (created_at, updated_at, id, definition, definition_version, business_key,
                    correlation_id, traceparent, status, step, begun, outstanding, deadline, cancelled, late, next_wakeup_at,
                    version)
                select ?, ?, u.*
                from unnest(?::uuid[], ?::text[], ?::int[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[],
                    ?::jsonb[], ?::jsonb[], ?::timestamptz[], ?::text[], ?::boolean[], ?::timestamptz[], ?::int[]) u
                on conflict do nothing returning id""",
                statement -> state(
                        Parameters.inTransaction(statement)
                                .value(at)
                                .value(at)
                                .column("uuid", instances, Instance::id)
                                .column("text", instances, instance -> instance.saga()
                                        .name())
                                .column("int4", instances, instance -> instance.saga()
                                        .version())
                                .column("uuid", instances, Instance::businessKey)
                                .column("uuid", instances, Instance::correlation)
                                .column("text", instances, Instance::traceparent),
                        instances,
                        at),
                row -> row.getObject("id", UUID.class)));
        takeBackEnded(inserted);
        return inserted;
    }

    // After the insert, whose conflict check waits for whoever is archiving the same saga: its archived row is seen
    // now.
    private void takeBackEnded(Set<UUID> inserted) {
        var ended = tables.query(
                "select id from %1$s.saga_archive where id = any(?)",
                statement -> new Parameters(statement).column("uuid", inserted, id -> id),
                row -> row.getObject("id", UUID.class));
        if (!ended.isEmpty()) {
            tables.update(
                    "delete from %1$s.saga where id = any(?)",
                    statement -> new Parameters(statement).column("uuid", ended, id -> id));
            inserted.removeAll(ended);
        }
    }

    /** Writes where these stand, the drafts that have changed (they are the larger part of a saga), and new lines. */
    void update(Collection<Instance<?>> instances, Instant at) {
        var changed = instances.stream().filter(Instance::draftChanged).toList();
        tables.update("""
                with moved as (
                    update %1$s.saga s
                    set updated_at = ?, status = u.status, step = u.step, begun = u.begun, outstanding = u.outstanding,
                        deadline = u.deadline, cancelled = u.cancelled, late = u.late,
                        next_wakeup_at = u.next_wakeup_at, version = u.version
                    from unnest(?::uuid[], ?::text[], ?::text[], ?::jsonb[], ?::jsonb[], ?::timestamptz[], ?::text[],
                            ?::boolean[], ?::timestamptz[], ?::int[])
                        u(id, status, step, begun, outstanding, deadline, cancelled, late, next_wakeup_at, version)
                    where s.id = u.id),
                redrafted as (
                    update %1$s.saga_draft d set data = u.data
                    from unnest(?::uuid[], ?::jsonb[]) u(id, data) where d.saga_id = u.id)
                """ + ADD_HISTORY, statement -> {
            var parameters = new Parameters(statement).value(at).column("uuid", instances, Instance::id);
            state(parameters, instances, at);
            drafts(parameters, changed);
            history(parameters, instances);
        });
    }

    private void state(Parameters parameters, Collection<Instance<?>> instances, Instant at) throws SQLException {
        parameters
                .column("text", instances, instance -> instance.progress()
                        .status()
                        .name())
                .column("text", instances, instance -> instance.progress().step())
                .column(
                        "jsonb",
                        instances,
                        instance -> tables.written(instance.progress().begun()))
                .column(
                        "jsonb",
                        instances,
                        instance -> tables.written(instance.progress().outstanding()))
                .column(
                        "timestamptz",
                        instances,
                        instance -> time(instance.progress().deadline()))
                .column("text", instances, instance -> instance.progress().cancelled())
                .column("bool", instances, Instance::isLate)
                .column("timestamptz", instances, instance -> time(instance.wakeUpAt(at)))
                .column("int4", instances, Instance::version);
    }

    void updateArchived(Collection<Instance<?>> instances) {
        tables.update(
                """
                update %1$s.saga_archive s set version = u.version
                from unnest(?::uuid[], ?::int[]) u(id, version) where s.id = u.id""",
                statement -> new Parameters(statement)
                        .column("uuid", instances, Instance::id)
                        .column("int4", instances, Instance::version));
    }

    /** Moves finished sagas out of the hot table; their drafts have served. */
    void archive(Collection<Instance<?>> instances) {
        tables.update(
                """
                with gone as (delete from %1$s.saga where id = any(?) returning *),
                    drafts as (delete from %1$s.saga_draft where saga_id = any(?))
                insert into %1$s.saga_archive (id, definition, definition_version, business_key, status, cancelled,
                    version, created_at, updated_at)
                select id, definition, definition_version, business_key, status, cancelled, version, created_at,
                    updated_at
                from gone""",
                statement -> new Parameters(statement)
                        .column("uuid", instances, Instance::id)
                        .column("uuid", instances, Instance::id));
    }

    /** What new sagas know, and their first lines. */
    void insertBeginning(Collection<Instance<?>> instances) {
        tables.update("""
                with drafted as (insert into %1$s.saga_draft select * from unnest(?::uuid[], ?::jsonb[]))
                """ + ADD_HISTORY, statement -> {
            var parameters = new Parameters(statement);
            drafts(parameters, instances);
            history(parameters, instances);
        });
    }

    void insertHistory(Collection<Instance<?>> instances) {
        tables.update(ADD_HISTORY, statement -> history(new Parameters(statement), instances));
    }

    private void drafts(Parameters parameters, Collection<? extends Instance<?>> instances) throws SQLException {
        parameters
                .column("uuid", instances, Instance::id)
                .column(
                        "jsonb",
                        instances,
                        instance -> tables.written(instance.progress().draft()));
    }

    private void history(Parameters parameters, Collection<Instance<?>> instances) throws SQLException {
        var lines = instances.stream()
                .flatMap(instance -> instance.history().stream())
                .toList();
        parameters
                .column("uuid", lines, Line::saga)
                .column("int4", lines, Line::seq)
                .column("timestamptz", lines, line -> SagaTables.written(line.at()))
                .column("text", lines, line -> line.entry().step())
                .column("text", lines, line -> line.entry().kind().name())
                .column("text", lines, line -> sagas.nameOf(line.entry().message()))
                .column("text", lines, line -> line.entry().outcome().name())
                .column("int4", lines, line -> line.entry().attempt())
                .column("uuid", lines, line -> line.entry().messageId())
                .column("text", lines, line -> line.entry().detail());
    }

    private <D> Instance<D> instance(Saga<D> saga, Row row, String draft) {
        var progress = new Progress<>(
                row.id(),
                SagaStatus.valueOf(row.status()),
                row.step(),
                List.of(tables.read(row.begun(), String[].class)),
                List.of(tables.read(row.outstanding(), Awaited[].class)),
                row.deadline(),
                row.cancelled(),
                tables.read(draft, saga.draft()));
        return Instance.stored(
                saga, row.businessKey(), row.correlation(), row.traceparent(), progress, row.version(), row.wakeUpAt());
    }

    private static Object time(Instant instant) {
        return instant == null ? null : SagaTables.written(instant);
    }

    private record Row(
            UUID id,
            String definition,
            int definitionVersion,
            UUID businessKey,
            String status,
            String step,
            String begun,
            String outstanding,
            Instant deadline,
            String cancelled,
            Instant wakeUpAt,
            UUID correlation,
            String traceparent,
            int version) {

        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getObject("id", UUID.class),
                    row.getString("definition"),
                    row.getInt("definition_version"),
                    row.getObject("business_key", UUID.class),
                    row.getString("status"),
                    row.getString("step"),
                    row.getString("begun"),
                    row.getString("outstanding"),
                    SagaTables.instant(row, "deadline"),
                    row.getString("cancelled"),
                    SagaTables.instant(row, "next_wakeup_at"),
                    row.getObject("correlation_id", UUID.class),
                    row.getString("traceparent"),
                    row.getInt("version"));
        }
    }
}
