package emporium.ordering;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.contracts.ordering.OrderStatus;
import emporium.eventsourcing.EventStore;
import emporium.messaging.Database;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OrderCountsTest {
    @Inject
    OrderCounts counts;

    @Inject
    Stage stage;

    @Inject
    InstantSource clock;

    @Inject
    DataSource database;

    @Inject
    Database rows;

    @Inject
    ObjectMapper json;

    @Inject
    OrderProjection projection;

    @Test
    void every_status_is_counted() {
        var before = counts.byStatus();
        Stream.of(OrderStatus.values()).forEach(stage::order);
        var now = given().get("/api/orders/counts").jsonPath();
        for (var status : OrderStatus.values()) {
            assertEquals(before.get(status) + 1, now.getLong(status.name()), status.name());
        }
    }

    @Test
    void an_order_is_counted_once_wherever_it_goes() {
        var before = counts.byStatus();
        var order = stage.order(OrderStatus.READY);
        stage.cancelled(stage.cancelAsked(order));
        var expected = new EnumMap<>(before);
        expected.merge(OrderStatus.CANCELLED, 1L, Long::sum);
        assertEquals(expected, counts.byStatus());
    }

    @Test
    void settling_what_was_finished_changes_no_count() {
        stage.order(OrderStatus.COMPLETED);
        stage.order(OrderStatus.REJECTED);
        var before = counts.byStatus();
        settle();
        assertEquals(before, counts.byStatus());
        assertEquals(0, counts.settle(clock.instant()), "what was settled a moment ago is not settled again");
    }

    @Test
    void orders_finished_after_the_settling_are_counted_too() {
        settle();
        var before = counts.byStatus();
        stage.order(OrderStatus.COMPLETED);
        assertEquals(before.get(OrderStatus.COMPLETED) + 1, counts.byStatus().get(OrderStatus.COMPLETED));
    }

    @Test
    void a_rebuild_of_the_views_counts_anew() {
        stage.order(OrderStatus.COMPLETED);
        settle();
        var before = counts.byStatus();
        var store = new EventStore(database, "ordering", json, projection);
        QuarkusTransaction.requiringNew().run(() -> store.rebuild(projection.name()));
        assertEquals(before, counts.byStatus());
    }

    @Test
    void counting_reads_indexes_only() throws SQLException {
        for (var sql : List.of(OrderCounts.COUNT, OrderCounts.SETTLE.replace("?", "now()"))) {
            var plan = String.join("\n", plan(sql));
            assertFalse(plan.contains("Seq Scan on orders"), plan);
        }
    }

    /** Counts all that was finished until now once and for all. */
    private void settle() {
        rows.run(
                "update ordering.finished_orders set settled = 0, settled_until = '-infinity'",
                PreparedStatement::executeUpdate);
        counts.settle(clock.instant());
    }

    private List<String> plan(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            // So few orders are read faster without an index; the question is whether there is one to use.
            statement.execute("set enable_seqscan = off");
            var lines = new ArrayList<String>();
            try (var plan = statement.executeQuery("explain " + sql)) {
                while (plan.next()) {
                    lines.add(plan.getString(1));
                }
            }
            statement.execute("reset enable_seqscan");
            return lines;
        }
    }
}
