package emporium.messaging;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Runs single statements of a handler or a read model that works in plain SQL, as part of the present JTA transaction if
 * there is one, else each in its own. What the database refuses is thrown as {@link IllegalStateException} with the
 * {@link SQLException} as its cause, by which a receiver tells an outage from a failure.
 */
@Singleton
public class Database {
    private final DataSource source;

    public Database(DataSource source) {
        this.source = source;
    }

    /** What is done with a prepared statement. */
    @FunctionalInterface
    public interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    /** Prepares the statement, works with it and closes it. */
    public <T> T run(String sql, Work<T> work) {
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the database said: " + e.getMessage(), e);
        }
    }

    /** Runs a statement for all rows at once, in one batch; does nothing when there are none. */
    public <T> void runForAll(Collection<T> rows, String sql, Parameters<T> parameters) {
        if (!rows.isEmpty()) {
            run(sql, statement -> {
                for (var row : rows) {
                    parameters.set(statement, row);
                    statement.addBatch();
                }
                return statement.executeBatch();
            });
        }
    }

    /** Sets the parameters of a statement for one row. */
    @FunctionalInterface
    public interface Parameters<T> {
        void set(PreparedStatement statement, T row) throws SQLException;
    }

    /** One column of all rows as an array parameter. */
    public static <T> Array column(
            PreparedStatement statement, String type, Collection<T> rows, Function<T, Object> column)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf(type, rows.stream().map(column).toArray());
    }
}
