package emporium.messaging;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MigrationsTest {

    @Inject
    DataSource database;

    @Test
    void flyway_is_asked_once() {
        var endpoint = endpoint("asked_once");
        assertTrue(Migrations.migrate(database, endpoint));
        assertFalse(Migrations.migrate(database, endpoint));
    }

    @Test
    void a_script_that_was_changed_after_it_was_applied_is_refused() throws SQLException {
        var endpoint = endpoint("changed_later");
        Migrations.migrate(database, endpoint);
        execute("update changed_later.flyway_schema_history set checksum = checksum + 1 where version = '2'");
        assertThrows(FlywayException.class, () -> Migrations.migrate(database, endpoint));
    }

    @Test
    void a_schema_with_fewer_scripts_is_brought_up_to_date() throws SQLException {
        var endpoint = endpoint("fewer");
        execute("create schema fewer");
        assertTrue(Migrations.migrate(database, endpoint));
        assertFalse(Migrations.migrate(database, endpoint));
    }

    private static Endpoint endpoint(String name) {
        return Endpoint.named(name).build();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
