package emporium.benchmarks;

import emporium.benchmarks.Cost.Rows;
import emporium.infra.Addresses;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What PostgreSQL and the broker themselves have counted: over the mall's one database, or over those of all services,
 * each of which has a session here.
 */
final class Statistics implements AutoCloseable {

    /** A session hands its counts in when it has been idle for ten seconds, if not before. */
    static final Duration UNTIL_HANDED_IN = Duration.ofSeconds(11);

    /** Autovacuum, which is counted like everybody, ends one transaction to turn to a table and one when it is done. */
    private static final int COMMITS_OF_AUTOVACUUM = 2;

    private static final String OURS = "any (string_to_array(?, ','))";

    private final List<Connection> databases = new ArrayList<>();
    private final List<String> jdbcUrls = new ArrayList<>();
    private final Broker broker;
    private final String names;
    private final boolean countsStatements;

    private Statistics(Addresses addresses, boolean oneEach, Broker broker) throws SQLException {
        this.broker = broker;
        add(addresses.jdbcUrl(), addresses);
        if (oneEach) {
            for (var service : texts(
                    "select datname from pg_database where datname ~ '^emporium_' order by 1", databases.getFirst())) {
                add(addresses.jdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + service + "$1"), addresses);
            }
        }
        this.names = names();
        this.countsStatements = countsStatements();
    }

    /** @param oneEach whether each service has a database of its own on that server */
    static Statistics of(Addresses addresses, boolean oneEach, Broker broker) {
        try {
            return new Statistics(addresses, oneEach, broker);
        } catch (SQLException e) {
            throw new NoResult("PostgreSQL does not let the driver in: " + e.getMessage() + ".", e);
        }
    }

    List<String> jdbcUrls() {
        return jdbcUrls;
    }

    private void add(String jdbcUrl, Addresses addresses) throws SQLException {
        databases.add(DriverManager.getConnection(jdbcUrl, addresses.user(), addresses.password()));
        jdbcUrls.add(jdbcUrl);
    }

    private String names() throws SQLException {
        var all = new ArrayList<String>();
        for (var database : databases) {
            all.add(database.getCatalog());
        }
        return String.join(",", all);
    }

    /** Whether pg_stat_statements is there, which takes an extension and a setting that only a superuser sees. */
    private boolean countsStatements() {
        try {
            return number("select count(*) from pg_stat_statements") >= 0;
        } catch (SQLException notThere) {
            return false;
        }
    }

    /** The counts of now, without CPU. */
    Cost counts() {
        try {
            return new Cost(Cost.NOTHING.cpu(), commits(), statements(), rows(), walBytes(), broker.messages());
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Does now what autovacuum would do in the middle of a measurement, where its transactions are counted too. */
    void tidyUp() {
        for (var database : databases) {
            try (var vacuum = database.createStatement()) {
                vacuum.execute("vacuum analyze");
            } catch (SQLException e) {
                throw failed(e);
            }
        }
    }

    private double commits() throws SQLException {
        var byAutovacuum = 0.0;
        for (var database : databases) {
            byAutovacuum +=
                    number("select sum(autovacuum_count + autoanalyze_count) from pg_stat_all_tables", database);
        }
        return number("select sum(xact_commit) from pg_stat_database where datname = " + OURS)
                - COMMITS_OF_AUTOVACUUM * byAutovacuum;
    }

    private double walBytes() throws SQLException {
        return number("select wal_bytes from pg_stat_wal");
    }

    private Rows rows() throws SQLException {
        return new Rows(rows("inserted"), rows("updated"), rows("deleted"));
    }

    private double rows(String written) throws SQLException {
        return number("select sum(tup_%s) from pg_stat_database where datname = %s".formatted(written, OURS));
    }

    private double statements() throws SQLException {
        return countsStatements ? number("""
                        select sum(calls) from pg_stat_statements
                         where dbid in (select oid from pg_database where datname = %s)
                           and query !~* '^(begin|commit|rollback)'
                        """.formatted(OURS)) : Double.NaN;
    }

    /** The mean number of messages that one transaction has handled, of those sent since: the inbox knows both. */
    double meanBatch(Instant since) {
        try {
            var handled = 0.0;
            var batches = 0.0;
            for (var database : databases) {
                for (var schema : texts("""
                        select relnamespace::regnamespace::text from pg_class where relname = 'inbox' and relkind = 'p'
                        """, database)) {
                    try (var select = database.prepareStatement(
                            "select count(*), count(distinct xmin::text) from %s.inbox where message_id >= ?"
                                    .formatted(schema))) {
                        select.setObject(1, firstIdOf(since));
                        try (var row = select.executeQuery()) {
                            row.next();
                            handled += row.getDouble(1);
                            batches += row.getDouble(2);
                        }
                    }
                }
            }
            return handled / batches;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static List<String> texts(String sql, Connection database) throws SQLException {
        try (var select = database.createStatement();
                var rows = select.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    /** About the whole server; a question mark stands for the names of the mall's databases. */
    private double number(String sql) throws SQLException {
        try (var select = databases.getFirst().prepareStatement(sql)) {
            if (select.getParameterMetaData().getParameterCount() > 0) {
                select.setString(1, names);
            }
            return first(select.executeQuery());
        }
    }

    private static double number(String sql, Connection database) throws SQLException {
        try (var select = database.createStatement()) {
            return first(select.executeQuery(sql));
        }
    }

    private static double first(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getDouble(1);
    }

    static UUID firstIdOf(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16 | 0x7000, 0x8000000000000000L);
    }

    private static NoResult failed(SQLException e) {
        return new NoResult("PostgreSQL's statistics cannot be read: " + e.getMessage() + ".", e);
    }

    @Override
    public void close() {
        try {
            for (var database : databases) {
                database.close();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
