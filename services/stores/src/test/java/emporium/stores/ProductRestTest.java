package emporium.stores;

import static emporium.stores.Shop.addProduct;
import static emporium.stores.Shop.get;
import static emporium.stores.Shop.openStore;
import static emporium.stores.Shop.post;
import static emporium.stores.Shop.priceChange;
import static emporium.stores.Shop.product;
import static emporium.stores.Shop.put;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProductRestTest {

    UUID store;

    @BeforeEach
    void open() {
        store = openStore("Lamps");
    }

    @Test
    void a_product_is_added_to_a_store() {
        var added =
                post("/api/stores/" + store + "/products", product("L-1", 1999)).statusCode(201);
        var id = Shop.idOf(added).toString();

        added.header("Location", equalTo("/api/products/" + id));
        for (var shown : List.of(added, get("/api/products/" + id).statusCode(200))) {
            shown.body("id", equalTo(id))
                    .body("storeId", equalTo(store.toString()))
                    .body("name", equalTo("Lamp"))
                    .body("description", equalTo("It shines."))
                    .body("sku", equalTo("L-1"))
                    .body("price.amount", equalTo(1999))
                    .body("price.currency", equalTo("EUR"))
                    .body("version", equalTo(1));
        }
    }

    @Test
    void the_same_key_adds_one_product() {
        var key = UUID.randomUUID().toString();
        var path = "/api/stores/" + store + "/products";
        var first = Shop.idOf(post(path, key, product("L-1", 1999)).statusCode(201));

        assertEquals(first, Shop.idOf(post(path, key, product("L-1", 1999)).statusCode(201)));
        post(path, key, product("L-1", 2999)).statusCode(422);
        get(path).body("items", hasSize(1));
    }

    @Test
    void a_sku_is_free_again_when_its_product_is_removed() {
        var id = addProduct(store, "L-1", 1999);
        post("/api/stores/" + store + "/products", product("L-1", 1999))
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("L-1"));
        addProduct(openStore("Others"), "L-1", 1999);

        delete(id).statusCode(204);
        addProduct(store, "L-1", 1999);
    }

    @Test
    void of_many_who_add_the_same_sku_at_once_one_succeeds() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<Integer> adding = () -> post("/api/stores/" + store + "/products", product("L-1", 1999))
                    .extract()
                    .statusCode();
            var statuses = threads
                    .invokeAll(IntStream.range(0, 4).mapToObj(i -> adding).toList())
                    .stream()
                    .map(Future::resultNow)
                    .sorted()
                    .toList();
            assertEquals(List.of(201, 409, 409, 409), statuses);
        }
        get("/api/stores/" + store + "/products").body("items", hasSize(1));
    }

    @Test
    void the_products_of_a_store_are_listed_in_pages() {
        var ids = IntStream.range(0, 3)
                .mapToObj(i -> addProduct(store, "L-" + i, 1999).toString())
                .toList();
        addProduct(openStore("Others"), "L-1", 1999);

        var first = get("/api/stores/" + store + "/products?limit=2").statusCode(200);
        first.body("items.id", contains(ids.get(0), ids.get(1)));
        get("/api/stores/" + store + "/products?limit=2&cursor="
                        + first.extract().path("next"))
                .body("items.id", contains(ids.get(2)))
                .body("next", nullValue());
    }

    @Test
    void a_product_is_renamed() {
        var id = addProduct(store, "L-1", 1999);

        put("/api/products/" + id + "/name", """
                {"name": "Light", "description": "It glows."}""")
                .statusCode(200)
                .body("name", equalTo("Light"))
                .body("description", equalTo("It glows."))
                .body("version", equalTo(2));
        put("/api/products/" + id + "/name", """
                {"name": "Lantern"}""").statusCode(200).body("description", equalTo("It glows."));
        get("/api/products/" + id).body("name", equalTo("Lantern")).body("version", equalTo(3));
    }

    @Test
    void a_price_is_raised_and_lowered() {
        var id = addProduct(store, "L-1", 1999);

        raise(id, 2499).statusCode(200).body("price.amount", equalTo(2499)).body("version", equalTo(2));
        lower(id, 999).statusCode(200).body("price.amount", equalTo(999)).body("version", equalTo(3));
        get("/api/products/" + id).body("price.amount", equalTo(999)).body("version", equalTo(3));
    }

    @Test
    void a_price_change_in_the_wrong_direction_is_refused() {
        var id = addProduct(store, "L-1", 1999);

        raise(id, 1999).statusCode(409).contentType("application/problem+json");
        raise(id, 1998).statusCode(409).body("detail", containsString("19.99 EUR"));
        lower(id, 1999).statusCode(409);
        lower(id, 2000).statusCode(409);
        post("/api/products/" + id + "/price-increases", """
                {"price": {"amount": 5000, "currency": "SEK"}}""").statusCode(409);
        get("/api/products/" + id).body("price.amount", equalTo(1999)).body("version", equalTo(1));
    }

    @Test
    void of_many_who_raise_a_price_to_the_same_at_once_one_succeeds() throws Exception {
        var id = addProduct(store, "L-1", 1999);

        assertEquals(List.of(200, 409, 409, 409), fourAtOnce(() -> raise(id, 2499)));
        get("/api/products/" + id).body("price.amount", equalTo(2499)).body("version", equalTo(2));
    }

    @Test
    void of_many_who_rename_at_once_all_succeed() throws Exception {
        var id = addProduct(store, "L-1", 1999);
        var names = new AtomicInteger();

        assertEquals(
                List.of(200, 200, 200, 200),
                fourAtOnce(() -> put("/api/products/" + id + "/name", """
                        {"name": "Lamp %d"}""".formatted(names.incrementAndGet()))));
        get("/api/products/" + id).body("version", equalTo(5));
    }

    @Test
    void the_same_key_raises_a_price_once() {
        var id = addProduct(store, "L-1", 1999);
        var key = UUID.randomUUID().toString();
        var path = "/api/products/" + id + "/price-increases";

        post(path, key, priceChange(2499, "costs")).statusCode(200);
        post(path, key, priceChange(2499, "costs")).statusCode(200).body("version", equalTo(2));
        get("/api/products/" + id).body("version", equalTo(2));
    }

    @Test
    void a_removed_product_is_gone_but_not_its_history() {
        var id = addProduct(store, "L-1", 1999);
        when().delete("/api/products/" + id + "?reason=broken").then().statusCode(204);

        get("/api/products/" + id).statusCode(404).contentType("application/problem+json");
        get("/api/stores/" + store + "/products").body("items", hasSize(0));
        delete(id).statusCode(404);
        raise(id, 2499).statusCode(404);
        put("/api/products/" + id + "/name", "{\"name\": \"Light\"}").statusCode(404);
        get("/api/products/" + id + "/history")
                .statusCode(200)
                .body("items.type", contains("ProductAdded", "ProductRemoved"))
                .body("items[1].metadata.reason", equalTo("broken"));
    }

    @Test
    void the_history_tells_who_changed_the_price_when_why_from_what_to_what() {
        var id = addProduct(store, "L-1", 1999);
        raise(id, 2499);
        lower(id, 1499);
        put("/api/products/" + id + "/name", "{\"name\": \"Light\"}");

        get("/api/products/" + id + "/history")
                .statusCode(200)
                .body("items.version", contains(1, 2, 3, 4))
                .body(
                        "items.type",
                        contains("ProductAdded", "ProductPriceRaised", "ProductPriceLowered", "ProductRenamed"))
                .body("items[0].data.price.amount", equalTo(1999))
                .body("items[1].data.from.amount", equalTo(1999))
                .body("items[1].data.to.amount", equalTo(2499))
                .body("items[1].metadata.reason", equalTo("up"))
                .body("items[2].data.to.amount", equalTo(1499))
                .body("items[2].metadata.reason", equalTo("down"))
                .body("items.metadata.occurredAt", not(hasItem(nullValue())))
                .body("items.metadata.actor", not(hasItem(nullValue())))
                .body("items.metadata.correlationId", not(hasItem(nullValue())));
    }

    @Test
    void a_product_is_shown_as_it_was_at_a_time() {
        var id = addProduct(store, "L-1", 1999);
        raise(id, 2499);
        delete(id);
        List<String> times = get("/api/products/" + id + "/history").extract().path("items.metadata.occurredAt");
        var added = Instant.parse(times.get(0));
        var raised = Instant.parse(times.get(1));
        var removed = Instant.parse(times.get(2));

        at(id, added.minusMillis(1)).statusCode(404);
        at(id, added).statusCode(200).body("price.amount", equalTo(1999)).body("version", equalTo(1));
        at(id, raised).body("price.amount", equalTo(2499)).body("version", equalTo(2));
        at(id, removed.minusNanos(1000)).body("price.amount", equalTo(2499));
        at(id, removed).statusCode(404);
        get("/api/products/" + id + "?at=yesterday").statusCode(400).contentType("application/problem+json");
    }

    @Test
    void an_unknown_product_or_store_is_not_found() {
        var unknown = UUID.randomUUID();

        get("/api/products/" + unknown).statusCode(404).contentType("application/problem+json");
        at(unknown, Instant.EPOCH).statusCode(404);
        get("/api/products/" + unknown + "/history").statusCode(404);
        put("/api/products/" + unknown + "/name", "{\"name\": \"Light\"}").statusCode(404);
        raise(unknown, 1).statusCode(404);
        lower(unknown, 1).statusCode(404);
        delete(unknown).statusCode(404);
        post("/api/stores/" + unknown + "/products", product("L-1", 1999)).statusCode(404);
        get("/api/products/nothing").statusCode(404).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"Lamp\", \"description\": \"\", \"sku\": \"L-1\"}",
                "{\"name\": \"Lamp\", \"sku\": \"\", \"price\": {\"amount\": 1, \"currency\": \"EUR\"}}",
                "{\"name\": \"\", \"sku\": \"L-1\", \"price\": {\"amount\": 1, \"currency\": \"EUR\"}}",
                "{\"name\": \"Lamp\", \"sku\": \"L-1\", \"price\": {\"amount\": 0, \"currency\": \"EUR\"}}",
                "{\"name\": \"Lamp\", \"sku\": \"L-1\", \"price\": {\"amount\": -1, \"currency\": \"EUR\"}}",
                "{\"name\": \"Lamp\", \"sku\": \"L-1\", \"price\": {\"amount\": 1000000000001, \"currency\": \"EUR\"}}",
                "{\"name\": \"Lamp\", \"sku\": \"L-1\", \"price\": {\"amount\": 1e30, \"currency\": \"EUR\"}}",
                "{\"name\": \"Lamp\", \"sku\": \"L-1\", \"price\": {\"amount\": 19.99, \"currency\": \"EUR\"}}",
                "{\"name\": \"Lamp\", \"sku\": \"L-1\", \"price\": {\"amount\": \"19\", \"currency\": \"EUR\"}}",
                "{\"name\": \"Lamp\", \"sku\": \"L-1\", \"price\": {\"amount\": 19, \"currency\": \"euro\"}}",
                "{\"name\": \"Lamp\", \"sku\": \"L-1\", \"price\": {\"amount\": 19}}",
                "{\"name\": \"Lamp\", \"sku\": \"L-1\", \"price\": {\"currency\": \"EUR\"}}",
                "{\"name\": \"Lamp\", \"sku\": \"L-1\", \"price\": 19}",
                "{\"name\": \"Lamp\", \"sku\": \"L-1\", \"price\": null}",
                "{}",
                "",
            })
    void a_product_that_lacks_something_is_bad_input(String body) {
        post("/api/stores/" + store + "/products", body).statusCode(400).contentType("application/problem+json");
        get("/api/stores/" + store + "/products").body("items", hasSize(0));
    }

    @Test
    void bad_input_names_its_fields() {
        post("/api/stores/" + store + "/products", """
                {"name": "%s", "sku": "%s", "description": "%s", "price": {"amount": 0, "currency": "EUR"}}""".formatted("x".repeat(201), "x".repeat(65), "x".repeat(4001)))
                .statusCode(400)
                .body("violations.field", contains("description", "name", "price.amount", "sku"));
        var id = addProduct(store, "L-1", 1999);
        post("/api/products/" + id + "/price-increases", "{}")
                .statusCode(400)
                .body("violations.field", contains("price"));
        post("/api/products/" + id + "/price-increases", priceChange(2499, "x".repeat(501)))
                .statusCode(400)
                .body("violations.field", contains("reason"));
        put("/api/products/" + id + "/name", "{\"description\": \"It glows.\"}").statusCode(400);
    }

    /** The statuses of four equal requests sent together, in ascending order. */
    private static List<Integer> fourAtOnce(Supplier<ValidatableResponse> request) throws InterruptedException {
        Callable<Integer> status = () -> request.get().extract().statusCode();
        try (var threads = Executors.newFixedThreadPool(4)) {
            return threads.invokeAll(IntStream.range(0, 4).mapToObj(i -> status).toList()).stream()
                    .map(Future::resultNow)
                    .sorted()
                    .toList();
        }
    }

    private static ValidatableResponse raise(UUID id, long cents) {
        return post("/api/products/" + id + "/price-increases", priceChange(cents, "up"));
    }

    private static ValidatableResponse lower(UUID id, long cents) {
        return post("/api/products/" + id + "/price-decreases", priceChange(cents, "down"));
    }

    private static ValidatableResponse delete(UUID id) {
        return when().delete("/api/products/" + id).then();
    }

    private static ValidatableResponse at(UUID id, Instant time) {
        return get("/api/products/" + id + "?at=" + time);
    }
}
