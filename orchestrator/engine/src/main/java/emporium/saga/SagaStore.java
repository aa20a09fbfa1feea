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
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The saga tables as the runner writes them: whole batches, one statement for each table. */
final class SagaStore {

    private final SagaTables tables;
    private final Sagas sagas;

    SagaStore(SagaTables tables, Sagas sagas) {
        this.tables = tables;
        this.sagas = sagas;
    }

    /** Locks these sagas in the order of their ids, so that two runners wait for each other and never in a ring. */
    Map<UUID, Instance<?>> lock(Collection<UUID> ids) {
        var sql = """
                select id, definition, definition_version, business_key, status, step, begun, outstanding, version
                from %1$s.saga where id = any(?) order by id for update""";
        var rows = tables.query(
                sql, statement -> Parameters.inTransaction(statement).column("uuid", ids, id -> id), Row::read);
        var drafts = drafts(ids);
        var instances = new TreeMap<UUID, Instance<?>>();
        rows.forEach(row -> instances.put(
                row.id(), instance(sagas.get(row.definition(), row.definitionVersion()), row, drafts.get(row.id()))));
        return instances;
    }

    /** A statement of its own: one that has waited for the locks would still see the drafts of before the wait. */
    private Map<UUID, String> drafts(Collection<UUID> ids) {
        var drafts = new HashMap<UUID, String>();
        tables.query(
                "select saga_id, data from %1$s.saga_draft where saga_id = any(?)",
                statement -> new Parameters(statement).column("uuid", ids, id -> id),
                row -> drafts.put(row.getObject("saga_id", UUID.class), row.getString("data")));
        return drafts;
    }

    /** Inserts the rows of new sagas and returns the ids of those that were not there yet. */
    Set<UUID> insert(Collection<Instance<?>> instances, Instant at) {
        return new HashSet<>(tables.query(
                """
                insert into %1$s.saga (created_at, updated_at, id, definition, definition_version, business_key, status,
                    step, begun, outstanding, version)
                select ?, ?, u.*
                from unnest(?::uuid[], ?::text[], ?::int[], ?::uuid[], ?::text[],
                    ?::text[], ?::jsonb[], ?::jsonb[], ?::int[]) u
                on conflict do nothing returning id""",
                statement -> Parameters.inTransaction(statement)
                        .value(at)
                        .value(at)
                        .column("uuid", instances, Instance::id)
                        .column("text", instances, instance -> instance.saga().name())
                        .column("int4", instances, instance -> instance.saga().version())
                        .column("uuid", instances, Instance::businessKey)
                        .column("text", instances, SagaStore::status)
                        .column("text", instances, SagaStore::step)
                        .column("jsonb", instances, this::begun)
                        .column("jsonb", instances, this::outstanding)
                        .column("int4", instances, Instance::version),
                row -> row.getObject("id", UUID.class)));
    }

    void update(Collection<Instance<?>> instances, Instant at) {
        tables.update(
                """
                update %1$s.saga s
                set updated_at = ?, status = u.status, step = u.step, begun = u.begun, outstanding = u.outstanding,
                    version = u.version
                from unnest(?::uuid[], ?::text[], ?::text[], ?::jsonb[], ?::jsonb[], ?::int[])
                    u(id, status, step, begun, outstanding, version)
                where s.id = u.id""",
                statement -> new Parameters(statement)
                        .value(at)
                        .column("uuid", instances, Instance::id)
                        .column("text", instances, SagaStore::status)
                        .column("text", instances, SagaStore::step)
                        .column("jsonb", instances, this::begun)
                        .column("jsonb", instances, this::outstanding)
                        .column("int4", instances, Instance::version));
    }

    void insertDrafts(Collection<Instance<?>> instances) {
        writeDrafts("insert into %1$s.saga_draft select * from unnest(?::uuid[], ?::jsonb[])", instances);
    }

    /** Writes the drafts that have changed, and nothing when none has: they are the larger part of a saga. */
    void updateDrafts(Collection<Instance<?>> instances) {
        var changed = instances.stream().filter(Instance::draftChanged).toList();
        if (!changed.isEmpty()) {
            writeDrafts("""
                    update %1$s.saga_draft d set data = u.data
                    from unnest(?::uuid[], ?::jsonb[]) u(id, data) where d.saga_id = u.id""", changed);
        }
    }

    private void writeDrafts(String sql, Collection<Instance<?>> instances) {
        tables.update(sql, statement -> new Parameters(statement)
                .column("uuid", instances, Instance::id)
                .column("jsonb", instances, this::draft));
    }

    void insertHistory(Collection<Instance<?>> instances) {
        var lines = instances.stream()
                .flatMap(instance -> instance.history().stream())
                .toList();
        tables.update(
                """
                insert into %1$s.saga_history
                    (saga_id, seq, at, step, kind, message_type, outcome, attempt, message_id, detail)
                select * from unnest(?::uuid[], ?::int[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::int[], ?::uuid[], ?::text[])""",
                statement -> new Parameters(statement)
                        .column("uuid", lines, Line::saga)
                        .column("int4", lines, Line::seq)
                        .column("timestamptz", lines, line -> SagaTables.written(line.at()))
                        .column("text", lines, line -> line.entry().step())
                        .column("text", lines, line -> line.entry().kind().name())
                        .column("text", lines, line -> sagas.nameOf(line.entry().message()))
                        .column("text", lines, line -> line.entry().outcome().name())
                        .column("int4", lines, line -> line.entry().attempt())
                        .column("uuid", lines, line -> line.entry().messageId())
                        .column("text", lines, line -> line.entry().detail()));
    }

    /** Where unfinished sagas stand: each definition, version and step once. */
    List<Stand> unfinished() {
        return tables.query(
                """
                select definition, definition_version, step, count(*) as sagas from %1$s.saga
                where status in ('RUNNING', 'COMPENSATING', 'NEEDS_ATTENTION')
                group by definition, definition_version, step order by definition, definition_version, step""",
                statement -> {}, row -> new Stand(row.getString(1), row.getInt(2), row.getString(3), row.getLong(4)));
    }

    private <D> Instance<D> instance(Saga<D> saga, Row row, String draft) {
        var progress = new Progress<>(
                row.id(),
                SagaStatus.valueOf(row.status()),
                row.step(),
                List.of(tables.read(row.begun(), String[].class)),
                List.of(tables.read(row.outstanding(), Awaited[].class)),
                tables.read(draft, saga.draft()));
        return new Instance<>(saga, row.businessKey(), progress, row.version());
    }

    private static String status(Instance<?> instance) {
        return instance.progress().status().name();
    }

    private static String step(Instance<?> instance) {
        return instance.progress().step();
    }

    private String begun(Instance<?> instance) {
        return tables.written(instance.progress().begun());
    }

    private String outstanding(Instance<?> instance) {
        return tables.written(instance.progress().outstanding());
    }

    private String draft(Instance<?> instance) {
        return tables.written(instance.progress().draft());
    }

    record Stand(String definition, int version, String step, long sagas) {

        @Override
        public String toString() {
            return definition + " v" + version + (step == null ? "" : " at '" + step + "'") + " (" + sagas + ")";
        }
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
                    row.getInt("version"));
        }
    }
}
