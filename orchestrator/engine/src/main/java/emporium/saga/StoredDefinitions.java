package emporium.saga;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares the definitions of this program with those that unfinished sagas in the database were begun with. */
final class StoredDefinitions {

    private final SagaTables tables;
    private final Sagas sagas;

    StoredDefinitions(SagaTables tables, Sagas sagas) {
        this.tables = tables;
        this.sagas = sagas;
    }

    /** @throws IllegalStateException naming what is missing or would break */
    void check() {
        var unfinished = unfinished();
        var missing = unfinished.entrySet().stream()
                .filter(stored -> !sagas.titles().contains(stored.getKey()))
                .map(stored -> stored.getKey() + " (" + stored.getValue() + ")")
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "unfinished sagas are stored whose definition is missing: " + String.join("; ", missing));
        }
        var shapes = shapes();
        sagas.all().forEach(saga -> compare(saga, shapes.get(saga.toString()), unfinished.get(saga.toString())));
        remember();
    }

    private static void compare(Saga<?> saga, Shape stored, Long unfinished) {
        var breaks = stored == null ? List.<String>of() : Shape.of(saga).breaks(stored);
        if (unfinished != null && !breaks.isEmpty()) {
            throw new IllegalStateException("saga " + saga + " has changed in a way that would break " + unfinished
                    + " unfinished: " + String.join("; ", breaks)
                    + ". Give the change a version of its own and keep this one until its sagas have ended.");
        }
    }

    private Map<String, Long> unfinished() {
        var rows = new TreeMap<String, Long>();
        tables.query("""
                select definition, definition_version, count(*) from %1$s.saga
                where status in ('RUNNING', 'COMPENSATING', 'NEEDS_ATTENTION') group by 1, 2""", statement -> {}, row -> rows.put(row.getString(1) + " v" + row.getInt(2), row.getLong(3)));
        return rows;
    }

    private Map<String, Shape> shapes() {
        return tables
                .query(
                        "select name, version, shape from %1$s.saga_definition",
                        statement -> {},
                        row -> Map.entry(row.getString(1) + " v" + row.getInt(2), Shape.read(row.getString(3))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void remember() {
        var all = List.copyOf(sagas.all());
        tables.update(
                """
                insert into %1$s.saga_definition select * from unnest(?::text[], ?::int[], ?::text[])
                on conflict (name, version) do update set shape = excluded.shape""",
                statement -> new Parameters(statement)
                        .column("text", all, Saga::name)
                        .column("int4", all, Saga::version)
                        .column("text", all, saga -> Shape.of(saga).written()));
    }
}
