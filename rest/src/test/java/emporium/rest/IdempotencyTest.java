package emporium.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdempotencyTest {

    private static final String PRODUCT = "01930000-0000-7000-8000-000000000001";

    @Inject
    Things things;

    @Inject
    IdempotencyKeys keys;

    @Inject
    IdempotencySweeper sweeper;

    @Inject
    InstantSource clock;

    @Inject
    DataSource database;

    @Test
    void without_a_key_every_request_makes_one_more() {
        var before = things.made.get();

        var first = post(null, "a");
        var second = post(null, "a");

        assertNotEquals(first.jsonPath().getString("id"), second.jsonPath().getString("id"));
        assertEquals(before + 2, things.made.get());
    }

    @Test
    void the_same_key_and_body_give_the_first_answer_again() {
        var key = key();
        var before = things.made.get();

        var first = post(key, "a");
        var second = post(key, "a");

        assertEquals(201, first.statusCode());
        assertEquals("/test/things/" + first.jsonPath().getString("id"), path(first));
        assertEquals(201, second.statusCode());
        assertEquals(first.asString(), second.asString());
        assertEquals(first.header("Location"), second.header("Location"));
        assertEquals(first.contentType(), second.contentType());
        assertEquals(before + 1, things.made.get());
    }

    @Test
    void the_same_body_written_in_another_way_is_the_same_body() {
        var key = key();

        var first = given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body("{\n\"items\": [{\"quantity\": 1, \"productId\": \"%s\"}],\n \"name\": \"a\"}".formatted(PRODUCT))
                .post("/test/things");

        assertEquals(first.asString(), post(key, "a").asString());
    }

    @Test
    void the_same_key_with_another_body_is_422() {
        var key = key();
        post(key, "a");

        post(key, "b")
                .then()
                .statusCode(422)
                .contentType(ProblemView.MEDIA_TYPE)
                .body("title", equalTo("Unprocessable Content"))
                .body("detail", containsString("used before with another body"));
    }

    @Test
    void the_same_key_on_another_path_is_another_request() {
        var key = key();

        var here = post("/test/things", key, "a");
        var there = post("/test/things/others", key, "a");

        assertNotEquals(here.jsonPath().getString("id"), there.jsonPath().getString("id"));
    }

    @Test
    void a_failure_is_not_kept() {
        var key = key();
        var before = things.made.get();

        post(key, Things.CURSED).then().statusCode(422).body("detail", equalTo("The thing is cursed."));
        post(key, Things.CURSED).then().statusCode(422);
        post(key, "a").then().statusCode(201);

        assertEquals(before + 3, things.made.get());
    }

    @Test
    void a_twin_waits_for_the_first_and_gets_its_answer() throws Exception {
        var key = key();
        var before = things.made.get();

        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = clients.submit(() -> post(key, Things.SLOW));
            things.awaitSlow();
            var twin = clients.submit(() -> post(key, Things.SLOW));
            Awaitility.await().until(this::someoneWaitsForALock);
            things.letSlowEnd();

            assertEquals(201, twin.get().statusCode());
            assertEquals(first.get().asString(), twin.get().asString());
        }
        assertEquals(before + 1, things.made.get());
    }

    @Test
    void a_key_has_printable_characters() {
        post("schlüssel", "a").then().statusCode(400).body("violations[0].field", equalTo("Idempotency-Key"));
    }

    @Test
    void a_key_has_at_most_200_characters() {
        post("k".repeat(201), "a").then().statusCode(400).body("violations[0].field", equalTo("Idempotency-Key"));
        post(key() + "k".repeat(200 - key().length()), "a").then().statusCode(201);
    }

    @Test
    void keys_are_forgotten_after_a_day_in_steps() {
        var yesterday = new IdempotencyKeys(
                database, InstantSource.fixed(now().minus(IdempotencyKeys.KEPT).minusSeconds(1)));
        for (var i = 0; i < IdempotencyKeys.SWEPT_AT_ONCE + 1; i++) {
            yesterday.take(List.of(use()));
        }
        var nearlyADay = use();
        new IdempotencyKeys(
                        database,
                        InstantSource.fixed(now().minus(IdempotencyKeys.KEPT).plus(Duration.ofMinutes(5))))
                .take(List.of(nearlyADay));

        assertEquals(IdempotencyKeys.SWEPT_AT_ONCE, keys.sweepOnce("things"));
        assertEquals(1, sweeper.sweep());
        assertEquals(List.of(), keys.take(List.of(nearlyADay)));
    }

    @Test
    void of_requests_that_come_together_each_takes_its_own_key_and_of_twins_the_first() {
        var known = use();
        keys.take(List.of(known));
        var one = use();
        var other = use();
        var twin = new KeyUse(one.schema(), one.endpoint(), one.key(), new byte[] {2});

        var firsts = keys.take(List.of(one, known, other, twin));

        assertEquals(2, firsts.size());
        assertTrue(firsts.containsAll(List.of(one, other)), firsts::toString);
    }

    private Instant now() {
        return clock.instant();
    }

    private static KeyUse use() {
        return new KeyUse("things", "POST /test/things", key(), new byte[] {1});
    }

    private boolean someoneWaitsForALock() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from pg_locks where not granted")) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static Response post(String key, String name) {
        return post("/test/things", key, name);
    }

    private static Response post(String path, String key, String name) {
        var request = given().contentType("application/json")
                .body("{\"name\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}]}".formatted(name, PRODUCT));
        return (key == null ? request : request.header("Idempotency-Key", key)).post(path);
    }

    private static String path(Response response) {
        return response.header("Location");
    }
}
