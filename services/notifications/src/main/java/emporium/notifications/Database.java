package emporium.notifications;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import javax.sql.DataSource;

/** Runs single statements, as part of the present transaction if there is one. */
@Singleton
class Database {
    private final DataSource source;

    Database(DataSource source) {
        this.source = source;
    }

    @FunctionalInterface
    interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    <T> T run(String sql, Work<T> work) {
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the database of notifications said: " + e.getMessage(), e);
        }
    }

    /** Runs a statement for all rows at once. */
    <T> void runForAll(Collection<T> rows, String sql, Parameters<T> parameters) {
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

    @FunctionalInterface
    interface Parameters<T> {
        void set(PreparedStatement statement, T row) throws SQLException;
    }

    /** One column of all rows as an array parameter. */
    static <T> Array column(PreparedStatement statement, String type, Collection<T> rows, Function<T, Object> column)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf(type, rows.stream().map(column).toArray());
    }
}
