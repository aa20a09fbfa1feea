package emporium.depot;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.CreateShoppingList;
import emporium.contracts.depot.DepotCommand;
import emporium.contracts.depot.InitiateShopping;
import emporium.contracts.depot.Line;
import emporium.contracts.depot.ShoppingListCreated;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DepotRestTest {

    @Inject
    DepotCommands commands;

    private final UUID order = UUID.randomUUID();
    private final UUID store = UUID.randomUUID();
    private final UUID lamp = UUID.randomUUID();

    @Test
    void a_product_that_nobody_counted_has_no_stock() {
        stock().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void what_was_counted_is_available() {
        count(7).statusCode(200).body("productId", equalTo(lamp.toString()), "quantity", equalTo(7));
        stock().statusCode(200).body("quantity", equalTo(7), "reserved", equalTo(0), "available", equalTo(7));
    }

    @Test
    void what_is_reserved_is_not_available() {
        count(7);
        open(order, 3);
        stock().body("quantity", equalTo(7), "reserved", equalTo(3), "available", equalTo(4));
    }

    @Test
    void the_shelves_cannot_hold_less_than_is_reserved() {
        count(7);
        open(order, 3);
        count(2).statusCode(409).contentType("application/problem+json").body("detail", containsString("3"));
        stock().body("quantity", equalTo(7), "reserved", equalTo(3));
        count(3).statusCode(200).body("available", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"quantity\": -1}",
                "{\"quantity\": 1000000001}",
                "{\"quantity\": 99999999999999999999}",
                "{\"quantity\": null}",
                "{\"quantity\": \"many\"}",
                "{\"quantity\": 1.5}",
                "{\"quantity\": [1]}",
                "{}",
                "null",
                "{\"quantity\": 1",
                "",
            })
    void a_count_that_is_no_count_is_bad_input_and_changes_nothing(String body) {
        put(body).statusCode(400).contentType("application/problem+json");
        stock().statusCode(404);
    }

    @Test
    void a_malformed_id_is_a_problem_not_a_stack_trace() {
        when().get("/api/depot/stock/lamp").then().statusCode(404).contentType("application/problem+json");
        when().get("/api/depot/shopping-lists/1").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void a_list_shows_its_stops_and_items() {
        var id = open(order, 3);
        when().get("/api/depot/shopping-lists/{id}", id)
                .then()
                .statusCode(200)
                .body("id", equalTo(id.toString()))
                .body("orderId", equalTo(order.toString()))
                .body("status", equalTo("PENDING"))
                .body("stops", hasSize(1))
                .body("stops[0].storeId", equalTo(store.toString()))
                .body("stops[0].storeName", equalTo("Lights & Co"))
                .body("stops[0].items", hasSize(1))
                .body("stops[0].items[0].productId", equalTo(lamp.toString()))
                .body("stops[0].items[0].name", equalTo("Lamp"))
                .body("stops[0].items[0].quantity", equalTo(3));
    }

    @Test
    void a_list_that_does_not_exist_is_not_found() {
        when().get("/api/depot/shopping-lists/{id}", UUID.randomUUID())
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void lists_can_be_read_page_by_page_in_the_order_they_were_opened() {
        var opened = List.of(open(UUID.randomUUID(), 1), open(UUID.randomUUID(), 1), open(UUID.randomUUID(), 1));
        var seen = new ArrayList<UUID>();
        var cursor = "";
        do {
            var page = given().queryParam("limit", 2)
                    .queryParam("cursor", cursor.isEmpty() ? List.of() : List.of(cursor))
                    .get("/api/depot/shopping-lists")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.id", UUID.class));
            cursor = page.getString("next");
        } while (cursor != null);
        assertEquals(seen.size(), seen.stream().distinct().count());
        assertEquals(opened, seen.stream().filter(opened::contains).toList());
    }

    @Test
    void lists_can_be_filtered_by_status() {
        var pending = open(UUID.randomUUID(), 1);
        var available = open(order, 1);
        handle(new InitiateShopping(order));
        var cancelled = UUID.randomUUID();
        var given = open(cancelled, 1);
        handle(new CancelShoppingList(cancelled));
        assertTrue(idsOf("PENDING").contains(pending));
        assertTrue(idsOf("AVAILABLE").contains(available));
        assertTrue(idsOf("CANCELLED").contains(given));
        assertTrue(idsOf("AVAILABLE").stream().noneMatch(List.of(pending, given)::contains));
    }

    @Test
    void an_unknown_status_or_a_limit_out_of_bounds_or_a_foreign_cursor_is_bad_input() {
        when().get("/api/depot/shopping-lists?status=LOST")
                .then()
                .statusCode(400)
                .body("violations.field", contains("status"));
        when().get("/api/depot/shopping-lists?limit=0").then().statusCode(400);
        when().get("/api/depot/shopping-lists?limit=501").then().statusCode(400);
        when().get("/api/depot/shopping-lists?cursor=x").then().statusCode(400);
    }

    private List<UUID> idsOf(String status) {
        return given().queryParam("status", status)
                .queryParam("limit", 500)
                .get("/api/depot/shopping-lists")
                .then()
                .statusCode(200)
                .body("items.status.unique()", contains(status))
                .extract()
                .jsonPath()
                .getList("items.id", UUID.class);
    }

    private UUID open(UUID order, int quantity) {
        var line = new Line(lamp, "Lamp", store, "Lights & Co", quantity);
        return ((ShoppingListCreated) handle(new CreateShoppingList(order, List.of(line)))).shoppingList();
    }

    private Object handle(DepotCommand command) {
        return QuarkusTransaction.requiringNew().call(() -> {
            commands.prefetch(List.of(command));
            return commands.handle(command);
        });
    }

    private ValidatableResponse stock() {
        return when().get("/api/depot/stock/{id}", lamp).then();
    }

    private ValidatableResponse count(int quantity) {
        return put("{\"quantity\": " + quantity + "}");
    }

    private ValidatableResponse put(String body) {
        return given().contentType("application/json")
                .body(body)
                .put("/api/depot/stock/{id}", lamp)
                .then();
    }
}
