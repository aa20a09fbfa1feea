package emporium.saga;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Where the sagas of one schema are stored, and how JSON is written there. */
public final class SagaTables {

    private final DataSource dataSource;
    private final String schema;
    private final ObjectMapper json;

    /**
     * @param dataSource takes part in the caller's JTA transaction
     * @param schema where the migrations of {@code db/saga} ran
     * @param json reads and writes the drafts
     */
    public SagaTables(DataSource dataSource, String schema, ObjectMapper json) {
        if (!schema.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("'" + schema + "' is no schema name: use lower-case letters");
        }
        this.dataSource = dataSource;
        this.schema = schema;
        this.json = json;
    }

    /** Runs a query whose text names the schema as {@code %1$s}. */
    <T> List<T> query(String sql, Binder binder, RowReader<T> reader) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql.formatted(schema))) {
            binder.bind(statement);
            try (var rows = statement.executeQuery()) {
                var read = new ArrayList<T>();
                while (rows.next()) {
                    read.add(reader.read(rows));
                }
                return read;
            }
        } catch (SQLException e) {
            throw new SagaTablesFailed(e);
        }
    }

    void update(String sql, Binder binder) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql.formatted(schema))) {
            binder.bind(statement);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new SagaTablesFailed(e);
        }
    }

    /** Runs a script outside of any transaction but its own. */
    void execute(String script) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(script.formatted(schema));
        } catch (SQLException e) {
            throw new SagaTablesFailed(e);
        }
    }

    String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value, e);
        }
    }

    <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON cannot be read as " + type.getName(), e);
        }
    }

    static OffsetDateTime written(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    @FunctionalInterface
    interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
