package emporium.benchmarks;

import emporium.infra.Addresses;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * What the mall's own database user has done until this moment. From pg_stat_statements, which knows at once; the
 * sessions' own counts come in late. It does not count how transactions end, but how many begin.
 */
final class CountingDatabase implements AutoCloseable {

    private final Connection connection;

    CountingDatabase(Addresses addresses) {
        try {
            connection = DriverManager.getConnection(addresses.jdbcUrl(), addresses.user(), addresses.password());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Counts counts(long messages) {
        try (var select = connection.createStatement();
                var row = select.executeQuery("""
                        select coalesce(sum(calls) filter (where query ~* '^begin'), 0),
                               coalesce(sum(calls) filter (where query !~* '^(begin|commit|rollback)'), 0),
                               sum(wal_bytes)
                          from pg_stat_statements
                         where userid = 'emporium'::regrole
                        """)) {
            row.next();
            return new Counts(row.getDouble(1), row.getDouble(2), messages, row.getDouble(3));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
