package emporium.messaging;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DatabaseTest {

    @Inject
    DataSource database;

    @Test
    void a_plan_that_was_kept_from_when_a_table_was_empty_finds_rows_by_their_index() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create temporary table rush (id int primary key, done boolean not null)");
            statement.execute("insert into rush values (0, false)");
            statement.execute("analyze rush");
            statement.execute("set plan_cache_mode = force_generic_plan");
            statement.execute("prepare kept (int[]) as select * from rush where id = any ($1) for update");
            statement.execute("execute kept ('{1, 2}')");
            statement.execute("insert into rush select id, false from generate_series(1, 10000) id");
            var plan = plan(statement, "execute kept ('{1, 2}')");
            assertTrue(plan.contains("Index Scan using rush_pkey"), plan);
            statement.execute("deallocate kept");
            statement.execute("drop table rush");
            statement.execute("reset plan_cache_mode");
        }
    }

    private static String plan(Statement statement, String sql) throws SQLException {
        var plan = new StringBuilder();
        try (var lines = statement.executeQuery("explain " + sql)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
