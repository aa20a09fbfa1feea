package emporium.saga;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;

/** Sets the parameters of a statement one after the other; rows go in column by column, as arrays for {@code unnest}. */
final class Parameters {

    private final PreparedStatement statement;
    private int last;

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    /** Refuses to work where every statement would be committed by itself. */
    static Parameters inTransaction(PreparedStatement statement) throws SQLException {
        if (statement.getConnection().getAutoCommit()) {
            throw new IllegalStateException("a saga can only be moved inside an active transaction");
        }
        return new Parameters(statement);
    }

    Parameters value(Object value) throws SQLException {
        statement.setObject(++last, value);
        return this;
    }

    /** For a condition that null leaves out: {@code ? is null or column = ?}. */
    Parameters twice(Object value) throws SQLException {
        return value(value).value(value);
    }

    Parameters value(Instant instant) throws SQLException {
        return value(SagaTables.written(instant));
    }

    /** One array with this column of every row; {@code type} is PostgreSQL's name of the elements. */
    <R> Parameters column(String type, Collection<? extends R> rows, Function<? super R, ?> column)
            throws SQLException {
        var array = statement
                .getConnection()
                .createArrayOf(type, rows.stream().map(column).toArray());
        statement.setArray(++last, array);
        return this;
    }
}
