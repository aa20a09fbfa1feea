package emporium.benchmarks;

import emporium.infra.Addresses;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;

/** What PostgreSQL itself has counted. */
final class Statistics implements AutoCloseable {

    /** A session hands its counts in when it has been idle for ten seconds, if not before. */
    static final Duration UNTIL_HANDED_IN = Duration.ofSeconds(11);

    /** Autovacuum, which is counted like everybody, ends one transaction to turn to a table and one when it is done. */
    private static final int COMMITS_OF_AUTOVACUUM = 2;

    private final Connection database;
    private final boolean countsStatements;

    private Statistics(Connection database) throws SQLException {
        this.database = database;
        this.countsStatements = countsStatements();
    }

    static Statistics of(Addresses addresses) {
        try {
            return new Statistics(
                    DriverManager.getConnection(addresses.jdbcUrl(), addresses.user(), addresses.password()));
        } catch (SQLException e) {
            throw new NoResult("PostgreSQL does not let the driver in: " + e.getMessage() + ".", e);
        }
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
            var commits = number("select xact_commit from pg_stat_database where datname = current_database()")
                    - COMMITS_OF_AUTOVACUUM
                            * number("select sum(autovacuum_count + autoanalyze_count) from pg_stat_all_tables");
            var walBytes = number("select wal_bytes from pg_stat_wal");
            return new Cost(Cost.NOTHING.cpu(), commits, statements(), walBytes, messages());
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Does now what autovacuum would do in the middle of a measurement, where its transactions are counted too. */
    void tidyUp() {
        try (var vacuum = database.createStatement()) {
            vacuum.execute("vacuum analyze");
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** All that the services' outboxes keep. */
    private double messages() throws SQLException {
        var sum = 0.0;
        for (var schema : schemas()) {
            sum += number("select coalesce(sum(size), 0) from %s.outbox".formatted(schema));
        }
        return sum;
    }

    private double statements() throws SQLException {
        return countsStatements ? number("""
                        select sum(calls) from pg_stat_statements
                         where dbid = (select oid from pg_database where datname = current_database())
                           and query !~* '^(begin|commit|rollback)'
                        """) : Double.NaN;
    }

    /** The mean number of messages that one transaction has handled, of those sent since: the inbox knows both. */
    double meanBatch(Instant since) {
        try {
            var handled = 0.0;
            var batches = 0.0;
            for (var schema : schemas()) {
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
            return handled / batches;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Iterable<String> schemas() throws SQLException {
        try (var select = database.createStatement();
                ResultSet rows = select.executeQuery("""
                        select relnamespace::regnamespace::text from pg_class where relname = 'inbox' and relkind = 'p'
                        """)) {
            var schemas = new ArrayList<String>();
            while (rows.next()) {
                schemas.add(rows.getString(1));
            }
            return schemas;
        }
    }

    private double number(String sql) throws SQLException {
        try (var select = database.createStatement();
                var row = select.executeQuery(sql)) {
            row.next();
            return row.getDouble(1);
        }
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
            database.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
