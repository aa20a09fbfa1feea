package emporium.e2e;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever dies between an order's 202 and its approval: in the end the order is approved, once, by one saga, with one
 * shopping list, its stock reserved once and its payment bound to it.
 */
@ExtendWith(SharedMall.class)
class RecoveryTest {

    private PlacedOrders orders;

    @BeforeEach
    void a_mall_with_lamps_on_its_shelves() {
        orders = new PlacedOrders();
    }

    @Test
    void all_data_is_kept_over_a_stop_and_a_start(RunningMall mall) {
        place(2);
        orders.assertAllApprovedOnce();
        var before = orders.shown();
        assertEquals(0, mall.stop());
        mall.up();
        assertEquals(before, orders.shown());
        place(1);
        orders.assertAllApprovedOnce();
    }

    @Test
    void a_mall_killed_before_it_could_say_anything_to_the_broker_approves_its_orders_after_the_restart(
            RunningMall mall) {
        mall.pause("nats");
        place(3);
        mall.kill("mall");
        mall.resume("nats");
        assertAllApprovedOnce(mall);
    }

    @Test
    void a_mall_killed_in_the_middle_of_its_orders_approves_them_after_the_restart(RunningMall mall) {
        place(10);
        mall.kill("mall");
        assertAllApprovedOnce(mall);
    }

    @Test
    void a_killed_broker_delays_orders_and_loses_none(RunningMall mall) {
        place(3);
        mall.kill("nats");
        place(3);
        assertAllApprovedOnce(mall);
    }

    @Test
    void orders_are_taken_in_while_the_broker_is_away_and_approved_when_it_is_back(RunningMall mall) {
        mall.pause("nats");
        place(3);
        await("the mall to notice that the broker is away")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !mall.isReady());
        place(3);
        orders.assertAllPending();
        mall.resume("nats");
        assertAllApprovedOnce(mall);
    }

    @Test
    void a_killed_database_delays_orders_and_loses_none(RunningMall mall) {
        place(5);
        mall.kill("postgres");
        var payment = UUID.randomUUID();
        await("the mall to take in requests again")
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    var status = given().get("/api/payments/{id}", payment).statusCode();
                    assertTrue(
                            Set.of(503, 404).contains(status), "while the database was away the answer was " + status);
                    return status == 404;
                });
        place(1);
        assertAllApprovedOnce(mall);
    }

    @Test
    void a_broker_that_forgot_everything_is_told_again_by_the_databases(RunningMall mall) {
        mall.killLauncher();
        place(10);
        mall.kill("mall");
        mall.kill("nats");
        mall.kill("postgres");
        delete(mall.data().resolve("nats"));
        mall.up();
        place(1);
        assertAllApprovedOnce(mall);
    }

    private void place(int count) {
        orders.place(count);
    }

    private void assertAllApprovedOnce(RunningMall mall) {
        mall.awaitReady();
        orders.assertAllApprovedOnce();
    }

    private static void delete(Path tree) {
        try (var all = Files.walk(tree)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertFalse(Files.exists(tree));
    }
}
