package emporium.e2e;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Payments stand still while orders come in. With {@code -Dlong} it is as in a shop: a thousand orders, five minutes, the
 * deadlines that are built in. Without it, a few orders whose payments have two seconds to be answered.
 */
@ExtendWith(ServicesWithoutPaymentsTest.Impatient.class)
class ServicesWithoutPaymentsTest {

    private static final boolean LONG = System.getProperty("long") != null;
    /** A variable cannot name it: the saga's name has a hyphen. */
    private static final Path DEADLINES = RunningMall.HOME.resolve("e2e/src/test/resources/impatient.properties");

    private static final int EARLY = LONG ? 700 : 15;
    private static final int LATE = LONG ? 300 : 10;
    private static final Duration AWAY = Duration.ofMinutes(5);
    private static final Duration UNTIL_GIVEN_UP = Duration.ofMinutes(4);
    private static final Duration UNTIL_DONE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofSeconds(1);

    static final class Impatient extends SharedServices {

        Impatient() {
            super(LONG ? Map.of() : Map.of("QUARKUS_CONFIG_LOCATIONS", DEADLINES.toString()));
        }
    }

    @Test
    void when_payments_come_back_every_order_ends_and_those_that_waited_too_long_are_undone(RunningMall mall) {
        var orders = new PlacedOrders();
        orders.authorize(EARLY + LATE);
        mall.pause("payments");
        var paused = System.nanoTime();
        orders.place(EARLY);
        await().atMost(UNTIL_GIVEN_UP).pollInterval(LOOK).until(() -> sagas("COMPENSATING") == EARLY);
        tell("all %d early orders are given up".formatted(EARLY), paused);
        stayAway(AWAY.minusSeconds(30), paused);
        orders.place(LATE);
        assertEquals(EARLY + LATE, inFlight());
        stayAway(AWAY, paused);
        tell("payments go on", paused);
        mall.resume("payments");
        var resumed = System.nanoTime();
        await().atMost(UNTIL_DONE).pollInterval(LOOK).until(() -> inFlight() == 0);
        tell("no saga is in flight any more", resumed);
        var approved = orders.assertEachApprovedOrGivenUp();
        tell("%d are approved, %d given up: seen".formatted(approved, EARLY + LATE - approved), resumed);
        assertTrue(approved <= LATE, "those that waited too long are given up");
        assertEquals(0, get("/api/messages/parked").getList("items").size());
        var afterwards = new PlacedOrders();
        afterwards.place(1);
        afterwards.assertAllApprovedOnce();
    }

    private static void stayAway(Duration until, long since) {
        var left = until.minusNanos(System.nanoTime() - since);
        if (LONG && left.isPositive()) {
            await().pollDelay(left).atMost(left.plus(LOOK)).until(() -> true);
        }
    }

    private static int inFlight() {
        return sagas("RUNNING") + sagas("COMPENSATING") + sagas("NEEDS_ATTENTION");
    }

    private static int sagas(String status) {
        var found = 0;
        String cursor = null;
        do {
            var page = get("/api/sagas?limit=500&status=" + status + (cursor == null ? "" : "&cursor=" + cursor));
            found += page.getList("items").size();
            cursor = page.getString("next");
        } while (cursor != null);
        return found;
    }

    private static JsonPath get(String path) {
        return given().get(path).then().statusCode(200).extract().jsonPath();
    }

    private static void tell(String what, long since) {
        System.out.printf("%s after %.1f s%n", what, (System.nanoTime() - since) / 1e9);
    }
}
