package emporium.mall.fuzz;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells whether anything in the databases of one server has changed, to the row: each version of a row has the number of
 * the transaction that wrote it. Messages on their way, those seen, how the broker is, and the search, which is made anew in
 * the background, are not looked at.
 */
final class TableStates implements AutoCloseable {

    private static final Duration QUIET = Duration.ofMillis(120);

    private static final String NO_SUCH_TABLE = "42P01";

    private final List<Connection> databases;
    private String snapshot = "";
    private Map<String, String> states = Map.of();

    TableStates(List<Connection> databases) {
        this.databases = databases;
    }

    private static List<String> tables(Connection database) throws SQLException {
        return query(database, """
                select format('%I.%I', nspname, relname), '' from pg_class c join pg_namespace n on n.oid = relnamespace
                where relkind = 'r' and nspname !~ '^(pg_|information_schema|search)'
                and relname !~ '^(inbox|outbox|broker_stream)'""").keySet().stream().toList();
    }

    /** By the table's name; equal to what it was before if and only if no row has come, gone or changed. */
    Map<String, String> now() throws SQLException {
        // Nobody has begun or ended to write, in any database: what was seen then is as it is.
        var seen = query(databases.getFirst(), "select pg_current_snapshot()::text, ''")
                .keySet()
                .iterator()
                .next();
        if (!seen.equals(snapshot)) {
            snapshot = seen;
            states = states();
        }
        return states;
    }

    /** One table after the other: holding several at once would be in the way of who empties some. */
    private Map<String, String> states() throws SQLException {
        var states = new TreeMap<String, String>();
        for (var database : databases) {
            for (var table : tables(database)) {
                states.put(table, state(database, table));
            }
        }
        return states;
    }

    private static String state(Connection database, String table) throws SQLException {
        try {
            return query(database, "select count(*) || '/' || coalesce(sum(xmin::text::bigint), 0), '' from " + table)
                    .keySet()
                    .iterator()
                    .next();
        } catch (SQLException e) {
            // A search that is made anew takes the tables of the old one away.
            if (NO_SUCH_TABLE.equals(e.getSQLState())) {
                return "gone";
            }
            throw e;
        }
    }

    /** Waits until what goes on in the background has come to its end. */
    void awaitQuiet() throws SQLException {
        var last = new Object() {
            Map<String, String> states = now();
        };
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .during(QUIET)
                .until(() -> {
                    var before = last.states;
                    last.states = now();
                    return last.states.equals(before);
                });
    }

    private static Map<String, String> query(Connection database, String sql) throws SQLException {
        var rows = new TreeMap<String, String>();
        try (var statement = database.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.put(row.getString(1), row.getString(2));
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        for (var database : databases) {
            database.close();
        }
    }
}
