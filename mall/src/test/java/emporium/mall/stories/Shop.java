package emporium.mall.stories;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Speaks to a running mall as its users do: through REST, at the address that REST Assured is set to. */
public final class Shop {

    /** Longer than any step takes on a busy machine; a mall that hangs fails the test, not the build's patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String EUR = "EUR";

    public UUID customer() {
        return created(
                "/api/customers", Map.of("name", "Ann", "email", "ann@example.org", "smsNumber", "+491701234567"));
    }

    public void disable(UUID customer) {
        put("/api/customers/" + customer + "/enabled", Map.of("enabled", false));
    }

    /** A store that takes part. */
    public UUID store(String name) {
        var store = created("/api/stores", Map.of("name", name, "location", "First floor"));
        put("/api/stores/" + store + "/participating", Map.of("participating", true));
        return store;
    }

    public UUID product(UUID store, String name, long price) {
        return created(
                "/api/stores/" + store + "/products",
                Map.of("name", name, "description", "As seen", "sku", "SKU-" + name, "price", money(price)));
    }

    public UUID payment(UUID customer, long amount) {
        return created("/api/payments", Map.of("customerId", customer, "amount", money(amount), "method", "approve"));
    }

    public void onShelves(UUID product, int quantity) {
        put("/api/depot/stock/" + product, Map.of("quantity", quantity));
    }

    /** Places an order that is taken in, and returns its id. */
    public UUID order(UUID customer, UUID payment, Map<UUID, Integer> quantities) {
        return sent(customer, payment, quantities)
                .then()
                .statusCode(202)
                .body("status", is("PENDING"))
                .extract()
                .jsonPath()
                .getUUID("id");
    }

    public Response sent(UUID customer, UUID payment, Map<UUID, Integer> quantities) {
        return post("/api/orders", orderOf(customer, payment, quantities));
    }

    public static Map<String, Object> orderOf(UUID customer, UUID payment, Map<UUID, Integer> quantities) {
        var items = quantities.entrySet().stream()
                .map(item -> Map.of("productId", item.getKey(), "quantity", item.getValue()))
                .toList();
        return Map.of("customerId", customer, "paymentId", payment, "items", items);
    }

    /** Fills a basket, checks it out, and returns the order that it becomes. */
    public UUID basket(UUID customer, UUID payment, Map<UUID, Integer> quantities) {
        var basket = created("/api/baskets", Map.of("customerId", customer));
        quantities.forEach((product, quantity) ->
                put("/api/baskets/" + basket + "/items/" + product, Map.of("quantity", quantity)));
        return post("/api/baskets/" + basket + "/checkout", Map.of("paymentId", payment))
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getUUID("orderId");
    }

    /** Asks for the end of an order; it goes on in the background. */
    public Response cancel(UUID order) {
        return post("/api/orders/" + order + "/cancel", Map.of("reason", "changed my mind"));
    }

    /** Waits until the order has come to this status. */
    public JsonPath reached(UUID order, String status) {
        await("order " + order + " to be " + status)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> order(order).getString("status"), is(status));
        return order(order);
    }

    public UUID bot() {
        return created("/api/depot/bots", Map.of("name", "Bot " + UUID.randomUUID()));
    }

    public JsonPath heartbeat(UUID bot) {
        return post("/api/depot/bots/" + bot + "/heartbeat", Map.of())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public Response assign(UUID list, UUID bot) {
        return post("/api/depot/shopping-lists/" + list + "/assign", Map.of("botId", bot));
    }

    public Response complete(UUID list, UUID bot) {
        return post("/api/depot/shopping-lists/" + list + "/complete", Map.of("botId", bot));
    }

    /** Waits for the order's invoice. */
    public UUID invoiceOf(UUID order) {
        return await("an invoice for order " + order)
                .atMost(PATIENCE)
                .until(() -> get("/api/invoices?orderId=" + order).<String>getList("items.id"), hasSize(1))
                .stream()
                .map(UUID::fromString)
                .findFirst()
                .orElseThrow();
    }

    public Response pay(UUID invoice) {
        return post("/api/invoices/" + invoice + "/pay", Map.of());
    }

    /** What the customer was told of, or will be. */
    public List<String> mailsAbout(UUID order) {
        return get("/api/notifications?orderId=" + order).getList("items.occasion");
    }

    /** The orders of this customer that are found with these words. */
    public List<String> found(UUID customer, String words) {
        return given().queryParam("customerId", customer)
                .queryParam("q", words)
                .get("/api/search/orders")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.id");
    }

    /** Waits until the order is no longer pending. */
    public JsonPath decided(UUID order) {
        await("order " + order + " to be decided")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> order(order).getString("status"), not(is("PENDING")));
        return order(order);
    }

    public JsonPath order(UUID order) {
        return get("/api/orders/" + order);
    }

    public JsonPath payment(UUID payment) {
        return get("/api/payments/" + payment);
    }

    public JsonPath stock(UUID product) {
        return get("/api/depot/stock/" + product);
    }

    public JsonPath shoppingList(UUID list) {
        return get("/api/depot/shopping-lists/" + list);
    }

    /** The shopping lists of this order, in whatever state: read off all pages. */
    public List<Map<String, Object>> shoppingListsOf(UUID order) {
        return shoppingListsOf(order, null);
    }

    private List<Map<String, Object>> shoppingListsOf(UUID order, String cursor) {
        var request = given().queryParam("limit", 500);
        var page = (cursor == null ? request : request.queryParam("cursor", cursor))
                .get("/api/depot/shopping-lists")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        var found = page.<Map<String, Object>>getList("items.findAll { it.orderId == '" + order + "' }");
        var next = page.getString("next");
        return next == null || !found.isEmpty() ? found : shoppingListsOf(order, next);
    }

    public static Map<String, Object> money(long amount) {
        return Map.of("amount", amount, "currency", EUR);
    }

    public Response post(String path, Object body) {
        return given().contentType("application/json").body(body).post(path);
    }

    private static JsonPath get(String path) {
        return given().get(path).then().statusCode(200).extract().jsonPath();
    }

    private static void put(String path, Object body) {
        var status =
                given().contentType("application/json").body(body).put(path).statusCode();
        if (status != 200 && status != 204) {
            throw new AssertionError("PUT " + path + " was answered " + status);
        }
    }

    private UUID created(String path, Object body) {
        return post(path, body).then().statusCode(201).extract().jsonPath().getUUID("id");
    }
}
