package emporium.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ParkedMessageResourceTest {

    private static final String PARKED = "/api/messages/parked";
    private static final String MENDED = "{\"reason\": \"the thing was mended\"}";

    @Inject
    ThingsEndpoint things;

    @Inject
    MessageIds ids;

    @Inject
    @OwnedBy("things")
    Outbox outbox;

    private final UUID thing = UUID.randomUUID();

    @Test
    void a_parked_message_is_seen_with_its_reason_and_its_stack_only_alone() {
        var id = park(thing);

        given().get(PARKED + "/" + id)
                .then()
                .statusCode(200)
                .body("service", equalTo("things"))
                .body("status", equalTo("PARKED"))
                .body("type", equalTo("things.Use.v1"))
                .body("body", containsString(thing.toString()))
                .body("reason", containsString("is broken"))
                .body("stack", containsString("ThingsEndpoint"))
                .body("parkedAt", notNullValue());
        listed("service=things&limit=1").body("items[0].id", equalTo(id)).body("items[0].stack", nullValue());
        listed("service=nobody").body("items.size()", equalTo(0));
    }

    @Test
    void a_mended_message_is_replayed_once() {
        var id = park(thing);
        things.broken.remove(thing);

        decide(id, "replay", MENDED)
                .statusCode(200)
                .body("status", equalTo("REPLAYED"))
                .body("resolvedWhy", equalTo("the thing was mended"))
                .body("resolvedAt", notNullValue());

        assertTrue(things.handled.contains(thing));
        assertFalse(parkedIds().contains(id));
        decide(id, "replay", MENDED).statusCode(409).body("detail", containsString("is REPLAYED already"));
        decide(id, "discard", MENDED).statusCode(409);
    }

    @Test
    void a_message_that_fails_again_stays_parked() {
        var id = park(thing);

        decide(id, "replay", MENDED).statusCode(422).body("detail", containsString("is broken"));

        assertTrue(parkedIds().contains(id));
    }

    @Test
    void a_discarded_message_is_never_handled() {
        var id = park(thing);

        decide(id, "discard", MENDED).statusCode(200).body("status", equalTo("DISCARDED"));

        assertFalse(parkedIds().contains(id));
        assertFalse(things.handled.contains(thing));
        decide(id, "replay", MENDED).statusCode(409);
    }

    @Test
    void a_decision_needs_a_reason_and_a_message() {
        var id = park(thing);

        decide(id, "replay", "{}").statusCode(400).body("violations[0].field", equalTo("reason"));
        decide(id, "discard", "{\"reason\": \" \"}").statusCode(400);
        decide(UUID.randomUUID().toString(), "replay", MENDED).statusCode(404);
        given().get(PARKED + "/" + UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void pages_lead_through_all_parked_messages_the_newest_first() {
        var older = park(thing);
        var newer = park(UUID.randomUUID());

        var first = listed("limit=1");

        first.body("items.id", equalTo(List.of(newer)));
        var next = first.extract().jsonPath().getString("next");
        listed("limit=1&cursor=" + next).body("items.id", equalTo(List.of(older)));
    }

    private String park(UUID thing) {
        things.broken.add(thing);
        var command = ids.next();
        QuarkusTransaction.requiringNew().run(() -> outbox.send(command, command, new ThingsEndpoint.Use(thing)));
        return Awaitility.await().until(() -> parkedAs(command), id -> id != null);
    }

    private static String parkedAs(UUID messageId) {
        List<Map<String, Object>> items = list("limit=500").jsonPath().getList("items");
        return items.stream()
                .filter(item -> messageId.toString().equals(item.get("messageId")))
                .map(item -> (String) item.get("id"))
                .findFirst()
                .orElse(null);
    }

    private static List<String> parkedIds() {
        return list("limit=500").jsonPath().getList("items.id");
    }

    private static Response list(String query) {
        var listed = given().get(PARKED + "?" + query);
        assertEquals(200, listed.statusCode());
        return listed;
    }

    private static ValidatableResponse listed(String query) {
        return list(query).then();
    }

    private static ValidatableResponse decide(String id, String move, String body) {
        return given().contentType("application/json")
                .body(body)
                .post(PARKED + "/" + id + "/" + move)
                .then();
    }
}
