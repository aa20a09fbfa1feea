package emporium.depot;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BotsTest {

    @Inject
    Bots bots;

    @Inject
    InstantSource clock;

    @Inject
    SessionFactory sessions;

    @Inject
    SilentBots silentBots;

    private final String name = "R2-" + UUID.randomUUID();

    /** Statements are counted here, and sweeps made by hand. */
    @BeforeEach
    void nobody_sweeps_in_the_background() {
        silentBots.stop(new ShutdownEvent());
    }

    @Test
    void a_bot_that_registers_is_idle() {
        var bot = register(name)
                .statusCode(201)
                .body("name", equalTo(name))
                .body("status", equalTo("IDLE"))
                .body("shoppingListId", nullValue())
                .extract();
        assertEquals("/api/depot/bots/" + bot.path("id"), bot.header("Location"));
        when().get("/api/depot/bots/{id}", bot.<String>path("id"))
                .then()
                .statusCode(200)
                .body("name", equalTo(name));
    }

    @Test
    void a_bot_that_comes_back_with_its_name_is_the_same_bot() {
        var id = id(register(name));
        assertEquals(id, id(register(name).statusCode(200)));
    }

    @Test
    void twins_that_register_at_the_same_moment_are_one_bot() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var twins = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> id(register(name))))
                    .toList();
            for (var twin : twins) {
                assertEquals(twins.getFirst().get(), twin.get());
            }
        }
    }

    @Test
    void a_bot_not_heard_for_too_long_is_silent_until_it_is_heard_again() {
        var id = id(register(name));
        heardAt(id, Duration.ofMinutes(-5));
        when().get("/api/depot/bots/{id}", id).then().body("status", equalTo("SILENT"));
        heartbeat(id).statusCode(200).body("status", equalTo("IDLE"));
        when().get("/api/depot/bots/{id}", id).then().body("status", equalTo("IDLE"));
    }

    @Test
    void a_heartbeat_costs_one_statement_and_no_event() {
        var id = id(register(name));
        var statistics = sessions.getStatistics();
        statistics.setStatisticsEnabled(true);
        var told = told();
        var before = statistics.getPrepareStatementCount();
        heartbeat(id).statusCode(200);
        assertEquals(1, statistics.getPrepareStatementCount() - before);
        assertEquals(told, told());
    }

    @Test
    void a_heartbeat_of_nobody_is_not_found() {
        heartbeat(UUID.randomUUID()).statusCode(404).contentType("application/problem+json");
        when().post("/api/depot/bots/lamp/heartbeat").then().statusCode(404);
        when().get("/api/depot/bots/{id}", UUID.randomUUID()).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"name\": \"\"}", "{\"name\": \"  \"}", "{\"name\": [1]}", "{\"name\""})
    void a_bot_without_a_name_is_bad_input(String body) {
        given().contentType("application/json")
                .body(body)
                .post("/api/depot/bots")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void bots_can_be_read_page_by_page() {
        var registered = IntStream.range(0, 3)
                .mapToObj(i -> id(register(name + "-" + i)))
                .toList();
        var seen = new ArrayList<UUID>();
        String cursor = null;
        do {
            var page = (cursor == null ? given() : given().queryParam("cursor", cursor))
                    .queryParam("limit", 2)
                    .get("/api/depot/bots")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.id", UUID.class));
            cursor = page.getString("next");
        } while (cursor != null);
        assertEquals(seen.size(), seen.stream().distinct().count());
        assertTrue(seen.containsAll(registered));
        when().get("/api/depot/bots?limit=0").then().statusCode(400);
        when().get("/api/depot/bots?cursor=x").then().statusCode(400);
    }

    private void heardAt(UUID bot, Duration fromNow) {
        QuarkusTransaction.requiringNew()
                .run(() -> bots.lock(bot).heard(clock.instant().plus(fromNow)));
    }

    private long told() {
        return QuarkusTransaction.requiringNew().call(() -> ((Number) bots.getEntityManager()
                        .createNativeQuery("select coalesce(sum(size), 0) from depot.outbox")
                        .getSingleResult())
                .longValue());
    }

    private static ValidatableResponse register(String name) {
        return given().contentType("application/json")
                .body("{\"name\": \"" + name + "\"}")
                .post("/api/depot/bots")
                .then();
    }

    private static ValidatableResponse heartbeat(UUID bot) {
        return when().post("/api/depot/bots/{id}/heartbeat", bot).then();
    }

    private static UUID id(ValidatableResponse bot) {
        return bot.extract().jsonPath().getUUID("id");
    }
}
