package emporium.stores;

import static emporium.stores.Shop.get;
import static emporium.stores.Shop.openStore;
import static emporium.stores.Shop.post;
import static emporium.stores.Shop.put;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StoreRestTest {

    private static final String LAMPS = """
            {"name": "Lamps", "location": "First floor"}""";

    @Test
    void a_store_is_opened_and_does_not_take_part_at_first() {
        var opened = post("/api/stores", LAMPS).statusCode(201);
        var id = Shop.idOf(opened).toString();

        opened.header("Location", equalTo("/api/stores/" + id))
                .body("name", equalTo("Lamps"))
                .body("location", equalTo("First floor"))
                .body("participating", equalTo(false));
        get("/api/stores/" + id)
                .statusCode(200)
                .body("id", equalTo(id))
                .body("name", equalTo("Lamps"))
                .body("location", equalTo("First floor"))
                .body("participating", equalTo(false));
    }

    @Test
    void a_store_is_renamed_and_takes_part() {
        var id = openStore("Lamps");

        put("/api/stores/" + id + "/name", """
                {"name": "Lights"}""").statusCode(200).body("name", equalTo("Lights"));
        put("/api/stores/" + id + "/participating", """
                {"participating": true}""").statusCode(200).body("participating", equalTo(true));
        get("/api/stores/" + id).body("name", equalTo("Lights")).body("participating", equalTo(true));
    }

    @Test
    void the_same_key_opens_one_store() {
        var key = UUID.randomUUID().toString();
        var first = Shop.idOf(post("/api/stores", key, LAMPS).statusCode(201));

        assertEquals(first, Shop.idOf(post("/api/stores", key, LAMPS).statusCode(201)));
        post("/api/stores", key, """
                {"name": "Other", "location": "First floor"}""").statusCode(422);
    }

    @Test
    void an_unknown_store_is_not_found() {
        var unknown = UUID.randomUUID();

        get("/api/stores/" + unknown).statusCode(404).contentType("application/problem+json");
        get("/api/stores/" + unknown + "/history").statusCode(404);
        get("/api/stores/" + unknown + "/products").statusCode(404);
        put("/api/stores/" + unknown + "/name", """
                {"name": "Lights"}""").statusCode(404).contentType("application/problem+json");
        put("/api/stores/" + unknown + "/participating", """
                {"participating": true}""").statusCode(404);
        get("/api/stores/nothing").statusCode(404).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "",
                "{\"name\": \"Lamps\"",
                "{\"name\": \"Lamps\"}",
                "{\"name\": \" \", \"location\": \"First floor\"}",
                "{\"name\": 7, \"location\": \"First floor\"}",
                "{\"name\": \"La\\u0000mps\", \"location\": \"First floor\"}",
                "{\"name\": [\"Lamps\"], \"location\": \"First floor\"}",
                "[]",
            })
    void a_store_without_a_name_and_a_location_is_bad_input(String body) {
        post("/api/stores", body).statusCode(400).contentType("application/problem+json");
    }

    @Test
    void bad_input_names_its_fields() {
        post("/api/stores", """
                {"name": "%s", "location": ""}""".formatted("x".repeat(201)))
                .statusCode(400)
                .body("violations.field", contains("location", "name"));
        var id = openStore("Lamps");
        put("/api/stores/" + id + "/participating", "{}")
                .statusCode(400)
                .body("violations.field", contains("participating"));
        put("/api/stores/" + id + "/participating", """
                {"participating": "perhaps"}""").statusCode(400);
        put("/api/stores/" + id + "/name", "{}").statusCode(400);
        get("/api/stores?participating=perhaps").statusCode(400);
        get("/api/stores?limit=0").statusCode(400);
        get("/api/stores?limit=501").statusCode(400);
        get("/api/stores?cursor=nonsense").statusCode(400);
    }

    @Test
    void stores_are_listed_by_whether_they_take_part() {
        var out = openStore("Lamps").toString();
        var in = openStore("Lamps").toString();
        put("/api/stores/" + in + "/participating", """
                {"participating": true}""");

        assertTrue(listed("&participating=true").contains(in));
        assertTrue(!listed("&participating=true").contains(out));
        assertTrue(listed("&participating=false").contains(out));
        assertTrue(!listed("&participating=false").contains(in));
        assertTrue(listed("").containsAll(List.of(in, out)));
    }

    @Test
    void the_history_tells_who_did_what_and_why() {
        var id = openStore("Lamps");
        put("/api/stores/" + id + "/name", """
                {"name": "Lights", "reason": "modern times"}""");
        put("/api/stores/" + id + "/participating", """
                {"participating": true}""");

        get("/api/stores/" + id + "/history")
                .statusCode(200)
                .body("items.version", contains(1, 2, 3))
                .body("items.type", contains("StoreOpened", "StoreRenamed", "StoreParticipationStarted"))
                .body("items[0].data.name", equalTo("Lamps"))
                .body("items[0].data.location", equalTo("First floor"))
                .body("items[0].metadata.reason", nullValue())
                .body("items[1].data.name", equalTo("Lights"))
                .body("items[1].metadata.reason", equalTo("modern times"))
                .body("items.metadata.actor", not(hasItem(nullValue())))
                .body("items.metadata.correlationId", not(hasItem(nullValue())))
                .body("items[2].metadata.occurredAt", notNullValue())
                .body("next", nullValue());
    }

    @Test
    void the_history_carries_the_correlation_of_the_request() {
        var correlation = UUID.randomUUID().toString();
        var id = Shop.idOf(RestAssured.given()
                .contentType("application/json")
                .header("X-Correlation-Id", correlation)
                .body(LAMPS)
                .post("/api/stores")
                .then());

        get("/api/stores/" + id + "/history").body("items[0].metadata.correlationId", equalTo(correlation));
    }

    @Test
    void a_long_history_is_read_in_pages() {
        var id = openStore("Lamps");
        put("/api/stores/" + id + "/name", "{\"name\": \"Two\"}");
        put("/api/stores/" + id + "/name", "{\"name\": \"Three\"}");

        var first = get("/api/stores/" + id + "/history?limit=2").body("items.version", contains(1, 2));
        String next = first.extract().path("next");
        get("/api/stores/" + id + "/history?limit=2&cursor=" + next)
                .body("items.version", contains(3))
                .body("next", nullValue());
    }

    @Test
    void what_changes_nothing_is_not_recorded() {
        var id = openStore("Lamps");
        put("/api/stores/" + id + "/name", "{\"name\": \"Lamps\"}").statusCode(200);
        put("/api/stores/" + id + "/participating", "{\"participating\": false}")
                .statusCode(200);

        get("/api/stores/" + id + "/history").body("items", hasSize(1));
    }

    /** All stores of a list, page by page. */
    private static List<String> listed(String filter) {
        var all = new ArrayList<String>();
        var page = get("/api/stores?limit=2" + filter).statusCode(200).extract();
        all.addAll(page.path("items.id"));
        for (String next = page.path("next"); next != null; next = page.path("next")) {
            page = get("/api/stores?limit=2&cursor=" + next + filter)
                    .statusCode(200)
                    .extract();
            all.addAll(page.path("items.id"));
        }
        assertEquals(all.stream().distinct().toList(), all);
        return all;
    }
}
