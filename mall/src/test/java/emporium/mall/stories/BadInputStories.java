package emporium.mall.stories;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the mall answers to requests that it cannot or will not understand. None of them leaves a trace. */
public abstract class BadInputStories {

    private static final UUID UNKNOWN = UUID.fromString("01900000-0000-7000-8000-000000000000");

    private final Shop shop = new Shop();

    private UUID ann;
    private UUID store;
    private UUID lamp;
    private UUID payment;

    @BeforeEach
    void a_mall_in_which_a_lamp_can_be_ordered() {
        ann = shop.customer();
        store = shop.store("Lights & Co");
        lamp = shop.product(store, "Lamp", 1999);
        payment = shop.payment(ann, 5997);
    }

    /** Connections to all of the mall's databases, to see that nothing has changed in them; closed after use. */
    protected abstract List<Connection> databases() throws SQLException;

    @TestFactory
    Stream<DynamicTest> an_order_that_makes_no_sense_is_bad_input() {
        return Stream.of(
                        "",
                        "null",
                        "[]",
                        "lamp",
                        "{\"customerId\": ",
                        "{}",
                        order("\"items\": []"),
                        order("\"items\": null"),
                        order("\"items\": [null]"),
                        order("\"items\": \"lamp\""),
                        order("\"items\": [{\"productId\": \"lamp\", \"quantity\": 1}]"),
                        order("\"items\": [{\"quantity\": 1}]"),
                        quantity("0"),
                        quantity("-1"),
                        quantity("1000000"),
                        quantity("99999999999999999999"),
                        quantity("1.5"),
                        quantity("\"three\""),
                        quantity("null"),
                        quantity("{}"))
                .map(body -> refuses("POST", "/api/orders", body, 400));
    }

    @TestFactory
    Stream<DynamicTest> what_makes_no_sense_elsewhere_is_bad_input_too() {
        var products = "/api/stores/" + store + "/products";
        return Stream.of(
                refuses("POST", "/api/customers", "{\"name\": \"\"}", 400),
                refuses("POST", "/api/customers", "{\"name\": [\"Ann\"]}", 400),
                refuses("PUT", "/api/customers/" + ann + "/enabled", "{\"enabled\": \"perhaps\"}", 400),
                refuses("POST", "/api/stores", "{\"name\": null, \"location\": \"x\"}", 400),
                refuses("POST", products, product("{\"amount\": -1, \"currency\": \"EUR\"}"), 400),
                refuses("POST", products, product("{\"amount\": 19.99, \"currency\": \"EUR\"}"), 400),
                refuses("POST", products, product("{\"amount\": 1999}"), 400),
                refuses("POST", products, product("1999"), 400),
                refuses("POST", "/api/payments", payment("0", "approve"), 400),
                refuses("POST", "/api/payments", payment("-5", "approve"), 400),
                refuses("POST", "/api/payments", payment("5", "steal"), 400),
                refuses("PUT", "/api/depot/stock/" + lamp, "{\"quantity\": -1}", 400),
                refuses("PUT", "/api/depot/stock/" + lamp, "{\"quantity\": \"many\"}", 400));
    }

    @TestFactory
    Stream<DynamicTest> what_does_not_exist_is_not_found() {
        return Stream.of(
                refuses("GET", "/api/orders/" + UNKNOWN, null, 404),
                refuses("GET", "/api/orders/lamp", null, 404),
                refuses("GET", "/api/customers/" + UNKNOWN, null, 404),
                refuses("GET", "/api/payments/" + UNKNOWN, null, 404),
                refuses("GET", "/api/stores/" + UNKNOWN, null, 404),
                refuses("GET", "/api/products/" + UNKNOWN, null, 404),
                refuses("GET", "/api/depot/stock/" + UNKNOWN, null, 404),
                refuses("GET", "/api/depot/shopping-lists/" + UNKNOWN, null, 404),
                refuses("GET", "/api/nothing", null, 404),
                refuses("PUT", "/api/customers/" + UNKNOWN + "/enabled", "{\"enabled\": false}", 404),
                refuses(
                        "POST",
                        "/api/stores/" + UNKNOWN + "/products",
                        product("{\"amount\": 1, \"currency\": \"EUR\"}"),
                        404),
                refuses("POST", "/api/orders", quantity("1").replace(lamp.toString(), UNKNOWN.toString()), 404));
    }

    @TestFactory
    Stream<DynamicTest> what_is_not_spoken_here_is_refused() {
        return Stream.of(
                refuses("DELETE", "/api/orders", null, 405),
                refuses("POST", "/api/payments", payment("5", "decline"), 422),
                refuses("POST", "/api/orders", "{\"customerId\": \"" + "x".repeat(1_500_000) + "\"}", 413));
    }

    @Test
    void a_body_that_is_no_json_is_an_unsupported_media_type() {
        given().contentType("text/plain")
                .body("lamp")
                .post("/api/orders")
                .then()
                .statusCode(415);
    }

    @Test
    void a_product_of_a_store_that_does_not_take_part_cannot_be_ordered() throws SQLException {
        given().contentType("application/json")
                .body(Map.of("participating", false))
                .put("/api/stores/{id}/participating", store);
        var before = rows();
        shop.sent(ann, payment, Map.of(lamp, 1)).then().statusCode(422).contentType("application/problem+json");
        assertEquals(before, rows());
    }

    private DynamicTest refuses(String method, String path, String body, int status) {
        var shown = body == null ? "" : " " + body.substring(0, Math.min(body.length(), 120));
        return DynamicTest.dynamicTest(method + " " + path + shown, () -> {
            var before = rows();
            assertProblem(send(method, path, body), status);
            assertEquals(before, rows());
        });
    }

    private static Response send(String method, String path, String body) {
        var request = given();
        return (body == null ? request : request.contentType("application/json").body(body)).request(method, path);
    }

    private static void assertProblem(Response response, int status) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body(not(containsString("\tat ")))
                .body(not(containsString("Exception")));
    }

    private String order(String items) {
        return "{\"customerId\": \"%s\", \"paymentId\": \"%s\", %s}".formatted(ann, payment, items);
    }

    private String quantity(String quantity) {
        return order("\"items\": [{\"productId\": \"%s\", \"quantity\": %s}]".formatted(lamp, quantity));
    }

    private static String product(String price) {
        return "{\"name\": \"Bulb\", \"description\": \"Bright\", \"sku\": \"B1\", \"price\": %s}".formatted(price);
    }

    private String payment(String amount, String method) {
        return "{\"customerId\": \"%s\", \"amount\": {\"amount\": %s, \"currency\": \"EUR\"}, \"method\": \"%s\"}"
                .formatted(ann, amount, method);
    }

    /** How many rows each table of the mall holds, but for those that hold messages on their way. */
    private Map<String, Long> rows() throws SQLException {
        var rows = new TreeMap<String, Long>();
        for (var database : databases()) {
            try (database) {
                addRows(database, rows);
            }
        }
        return rows;
    }

    private static void addRows(Connection connection, Map<String, Long> rows) throws SQLException {
        for (var table : tables(connection)) {
            try (var statement = connection.createStatement();
                    var count = statement.executeQuery("select count(*) from " + table)) {
                assertTrue(count.next());
                rows.put(table, count.getLong(1));
            }
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("""
                        select schemaname || '.' || tablename from pg_tables
                        where schemaname in
                            ('customers', 'stores', 'ordering', 'depot', 'payments', 'orchestrator')
                        and tablename not like 'inbox%' and tablename not like 'outbox%'
                        """)) {
            while (found.next()) {
                tables.add(found.getString(1));
            }
        }
        return tables;
    }
}
