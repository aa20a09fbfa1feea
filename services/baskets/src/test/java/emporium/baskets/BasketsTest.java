package emporium.baskets;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import emporium.contracts.Money;
import emporium.contracts.baskets.BasketCheckedOut;
import emporium.contracts.stores.ProductChanged;
import emporium.contracts.stores.ProductFound;
import emporium.contracts.stores.ProductRemoved;
import emporium.contracts.stores.StoreChanged;
import emporium.messaging.Database;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BasketsTest {
    @Inject
    Neighbours neighbours;

    @Inject
    Catalogue catalogue;

    @Inject
    Baskets baskets;

    @Inject
    OpenBaskets open;

    @Inject
    Database database;

    @Inject
    InstantSource clock;

    private final UUID customer = UUID.randomUUID();
    private final UUID payment = UUID.randomUUID();

    @AfterEach
    void storesAreBack() {
        neighbours.storesAway = false;
    }

    @Test
    void a_basket_is_started_empty() {
        var basket = json().body(Map.of("customerId", customer))
                .post("/api/baskets")
                .then()
                .statusCode(201)
                .body("customerId", equalTo(customer.toString()))
                .body("status", equalTo("OPEN"))
                .body("items", empty())
                .body("total", nullValue())
                .extract();
        assertEquals("/api/baskets/" + basket.path("id"), basket.header("Location"));
        get(basket.path("id")).statusCode(200).body("status", equalTo("OPEN"));
    }

    @Test
    void items_are_set_changed_and_taken_out_at_the_catalogues_prices() {
        var basket = started();
        var lamp = neighbours.has("Lamp", 1999, "EUR", true);
        var bulb = neighbours.has("Bulb", 250, "EUR", true);
        put(basket, lamp, 2).statusCode(200);
        put(basket, bulb, 4)
                .body("items.productName", contains("Lamp", "Bulb"))
                .body("items[0].storeName", equalTo("The store of Lamp"))
                .body("items[0].price", equalTo(Map.of("amount", 1999, "currency", "EUR")))
                .body("total", equalTo(Map.of("amount", 4998, "currency", "EUR")));
        put(basket, lamp, 1).body("total.amount", equalTo(2999));
        put(basket, lamp, 0).statusCode(200).body("items.productName", contains("Bulb"));
        put(basket, bulb, 0).body("items", empty()).body("total", nullValue());
        put(basket, bulb, 0).statusCode(200);
    }

    @Test
    void a_check_out_tells_the_order_at_the_prices_of_its_moment() {
        var basket = started();
        var lamp = told(neighbours.has("Lamp", 1999, "EUR", true));
        put(basket, lamp, 2);
        var dearer = dearer(lamp.product(), 2, 2999);
        neighbours.publish(dearer.product(), dearer);
        await().until(() -> find(lamp).price().amount() == 2999);

        var answer = checkOut(basket).statusCode(202).extract();
        var order = UUID.fromString(answer.path("orderId"));
        assertEquals("/api/orders/" + order, answer.header("Location"));
        get(basket)
                .body("status", equalTo("CHECKED_OUT"))
                .body("orderId", equalTo(order.toString()))
                .body("total.amount", equalTo(5998));
        await().until(() -> ordered(order).count() == 1);
        var event = ordered(order).findFirst().orElseThrow();
        assertEquals(UUID.fromString(basket), event.basket());
        assertEquals(customer, event.customer());
        assertEquals(payment, event.payment());
        assertEquals(new Money(5998, "EUR"), event.total());
        assertEquals("Lamp", event.lines().getFirst().productName());
        assertEquals("The store of Lamp", event.lines().getFirst().storeName());
    }

    @Test
    void a_check_out_repeated_with_its_key_is_one_order() {
        var basket = filled();
        var key = UUID.randomUUID().toString();
        var first = json().header("Idempotency-Key", key)
                .body(Map.of("paymentId", payment))
                .post("/api/baskets/" + basket + "/checkout");
        var second = json().header("Idempotency-Key", key)
                .body(Map.of("paymentId", payment))
                .post("/api/baskets/" + basket + "/checkout");
        assertEquals(202, second.statusCode());
        assertEquals(first.path("orderId").toString(), second.path("orderId"));
        problem(checkOut(basket), 409, "The basket is CHECKED_OUT and cannot be changed any more.");
    }

    @Test
    void two_check_outs_at_once_are_one_order() throws Exception {
        var basket = filled();
        Callable<Integer> attempt = () -> checkOut(basket).extract().statusCode();
        try (var twins = Executors.newFixedThreadPool(2)) {
            var codes = twins.invokeAll(List.of(attempt, attempt)).stream()
                    .map(code -> code.resultNow())
                    .sorted()
                    .toList();
            assertEquals(List.of(202, 409), codes);
        }
    }

    @Test
    void an_empty_basket_cannot_be_checked_out() {
        problem(checkOut(started()), 409, "The basket is empty.");
    }

    @Test
    void a_cancelled_basket_is_over() {
        var basket = filled();
        given().delete("/api/baskets/" + basket).then().statusCode(204);
        get(basket).body("status", equalTo("CANCELLED"));
        var over = "The basket is CANCELLED and cannot be changed any more.";
        problem(checkOut(basket), 409, over);
        problem(put(basket, neighbours.has("Lamp", 1, "EUR", true), 1), 409, over);
        problem(given().delete("/api/baskets/" + basket).then(), 409, over);
    }

    @Test
    void a_basket_that_is_unknown_is_not_found() {
        var unknown = UUID.randomUUID().toString();
        var sentence = "There is no basket " + unknown + ".";
        problem(get(unknown), 404, sentence);
        problem(checkOut(unknown), 404, sentence);
        problem(put(unknown, neighbours.has("Lamp", 1, "EUR", true), 1), 404, sentence);
        problem(put(unknown, neighbours.has("Lamp", 1, "EUR", true), 0), 404, sentence);
        problem(given().delete("/api/baskets/" + unknown).then(), 404, sentence);
        given().get("/api/baskets/" + unknown + "/history").then().statusCode(404);
    }

    @Test
    void a_product_unknown_to_all_is_named() {
        var unknown = UUID.randomUUID();
        problem(put(started(), unknown, 1), 404, "There is no product " + unknown + ".");
    }

    @Test
    void a_removed_product_cannot_be_put_in() {
        var lamp = told(neighbours.has("Lamp", 1999, "EUR", true));
        remove(lamp);
        problem(put(started(), lamp, 1), 404, "The product " + id(lamp) + " is no longer in the catalogue.");
    }

    @Test
    void a_product_removed_since_stops_the_check_out_until_it_is_taken_out() {
        var basket = started();
        var lamp = told(neighbours.has("Lamp", 1999, "EUR", true));
        put(basket, lamp, 1);
        put(basket, neighbours.has("Bulb", 250, "EUR", true), 1);
        remove(lamp);
        checkOut(basket).statusCode(422);
        put(basket, lamp, 0).statusCode(200);
        checkOut(basket).statusCode(202);
    }

    @Test
    void a_store_that_does_not_take_part_is_named_with_the_product() {
        var lamp = told(neighbours.has("Lamp", 1999, "EUR", false));
        problem(
                put(started(), lamp, 1),
                422,
                "The product Lamp (" + id(lamp)
                        + ") cannot be ordered: the store The store of Lamp does not take part at present.");
    }

    @Test
    void a_store_that_takes_part_by_now_counts_before_its_event_has_come() {
        var closed = told(neighbours.has("Lamp", 1999, "EUR", false));
        var opened = new StoreChanged(closed.store().store(), 2, "Lights & Co", "Level 2", true);
        var lamp = neighbours.has(new ProductFound(closed.product(), opened));
        put(started(), lamp, 1).statusCode(200).body("items[0].storeName", equalTo("Lights & Co"));
    }

    @Test
    void currencies_are_not_mixed() {
        var basket = filled();
        put(basket, neighbours.has("Plug", 500, "USD", true), 1).statusCode(422);
    }

    @Test
    void a_product_is_asked_for_once_and_then_known() {
        var lamp = neighbours.has("Lamp", 1999, "EUR", true);
        put(started(), lamp, 1).statusCode(200);
        neighbours.storesAway = true;
        put(started(), lamp, 1).statusCode(200);
        assertEquals(
                1,
                neighbours.asked.stream()
                        .filter(lamp.product().product()::equals)
                        .count());
    }

    @Test
    void an_unknown_product_is_not_refused_for_good_while_the_stores_are_away() {
        neighbours.storesAway = true;
        problem(
                        put(started(), UUID.randomUUID(), 1),
                        503,
                        "The stores cannot be asked for a product at present. Nothing was changed; try again.")
                .header("Retry-After", notNullValue());
    }

    @Test
    void bad_input_names_the_field() {
        refused(json().body("{}").post("/api/baskets"), "customerId");
        var item = "/api/baskets/" + started() + "/items/" + UUID.randomUUID();
        refused(json().body("{}").put(item), "quantity");
        refused(json().body(Map.of("quantity", -1)).put(item), "quantity");
        refused(json().body(Map.of("quantity", 1_000_000)).put(item), "quantity");
        refused(json().body(Map.of("quantity", 1.5)).put(item), "quantity");
        refused(json().body("{}").post("/api/baskets/" + started() + "/checkout"), "paymentId");
    }

    @Test
    void the_history_tells_all_that_happened() {
        var basket = filled();
        checkOut(basket);
        given().get("/api/baskets/" + basket + "/history")
                .then()
                .statusCode(200)
                .body("items.type", contains("BasketStarted", "BasketItemSet", "BasketCheckedOut"))
                .body("items.version", contains(1, 2, 3))
                .body("items[0].metadata.occurredAt", notNullValue());
    }

    @Test
    void a_forgotten_basket_expires_and_one_touched_later_does_not() {
        var forgotten = filled();
        var touched = filled();
        touch(touched, Duration.ofHours(2));
        expireAsIfIn(Duration.ofHours(25));
        get(forgotten).body("status", equalTo("EXPIRED"));
        get(touched).body("status", equalTo("OPEN"));
        problem(checkOut(forgotten), 409, "The basket is EXPIRED and cannot be changed any more.");
        given().get("/api/baskets/" + forgotten + "/history")
                .then()
                .body("items.type", contains("BasketStarted", "BasketItemSet", "BasketExpired"));
    }

    @Test
    void a_basket_that_somebody_is_changing_is_left_to_him() {
        var basket = filled();
        QuarkusTransaction.requiringNew().run(() -> {
            open.lock(UUID.fromString(basket));
            expireAsIfIn(Duration.ofHours(25));
        });
        get(basket).body("status", equalTo("OPEN"));
        checkOut(basket).statusCode(202);
    }

    @Test
    void an_empty_copy_of_the_catalogue_is_filled_from_the_stream() {
        var lamp = told(neighbours.has("Lamp", 1999, "EUR", true));
        Stream.of("catalogue_product", "catalogue_store", "catalogue_progress")
                .forEach(table -> database.run("delete from baskets." + table, PreparedStatement::executeUpdate));
        neighbours.storesAway = true;
        given().post("/api/baskets/catalogue/rebuild")
                .then()
                .statusCode(200)
                .body("events", greaterThanOrEqualTo(2))
                .body("status.products", greaterThanOrEqualTo(1));
        put(started(), lamp, 1).statusCode(200);
    }

    @Test
    void one_can_see_how_far_the_copy_of_the_catalogue_has_come() {
        var lamp = told(neighbours.has("Lamp", 1999, "EUR", true));
        given().get("/api/baskets/catalogue/status")
                .then()
                .statusCode(200)
                .body("stores", greaterThanOrEqualTo(1))
                .body("products", greaterThanOrEqualTo(1))
                .body("newestEventAt", notNullValue())
                .body("newestEventAgeSeconds", greaterThanOrEqualTo(0))
                .body("lagMillis", greaterThanOrEqualTo(0));
        given().get("/api/baskets/catalogue/products/" + id(lamp))
                .then()
                .body("version", equalTo(1))
                .body("name", equalTo("Lamp"))
                .body("storeVersion", equalTo(1))
                .body("removed", equalTo(false));
        given().get("/api/baskets/catalogue/products/" + UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void the_open_baskets_can_be_made_anew_out_of_the_events() {
        var kept = filled();
        var over = filled();
        given().delete("/api/baskets/" + over).then().statusCode(204);
        database.run("delete from baskets.open_basket", PreparedStatement::executeUpdate);
        given().post("/api/baskets/projections/open-baskets/rebuild")
                .then()
                .statusCode(200)
                .body("events", greaterThanOrEqualTo(5));
        expireAsIfIn(Duration.ofHours(25));
        get(kept).body("status", equalTo("EXPIRED"));
        get(over).body("status", equalTo("CANCELLED"));
    }

    private void expireAsIfIn(Duration ahead) {
        var later = InstantSource.fixed(clock.instant().plus(ahead));
        var expiry = new BasketExpiry(baskets, open, later, Duration.ofHours(24), Duration.ofDays(1));
        var expired = expiry.sweepOnce();
        while (expired > 0) {
            expired = expiry.sweepOnce();
        }
    }

    private void touch(String basket, Duration later) {
        var touched = database.run(
                "update baskets.open_basket set touched_at = touched_at + make_interval(secs => ?) where id = ?::uuid",
                update -> {
                    update.setLong(1, later.toSeconds());
                    update.setString(2, basket);
                    return update.executeUpdate();
                });
        assertNotEquals(0, touched);
    }

    private String started() {
        return json().body(Map.of("customerId", customer))
                .post("/api/baskets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String filled() {
        var basket = started();
        put(basket, neighbours.has("Lamp", 1999, "EUR", true), 1).statusCode(200);
        return basket;
    }

    private void remove(ProductFound found) {
        var product = found.product();
        neighbours.publish(product.product(), new ProductRemoved(product.product(), 3, product.store()));
        await().until(() -> find(found).removed());
    }

    private ValidatableResponse checkOut(String basket) {
        return json().body(Map.of("paymentId", payment))
                .post("/api/baskets/" + basket + "/checkout")
                .then();
    }

    private Stream<BasketCheckedOut> ordered(UUID order) {
        return neighbours.checkedOut.stream().filter(event -> event.order().equals(order));
    }

    private static ValidatableResponse put(String basket, ProductFound product, int quantity) {
        return put(basket, product.product().product(), quantity);
    }

    private static ValidatableResponse put(String basket, UUID product, int quantity) {
        return json().body(Map.of("quantity", quantity))
                .put("/api/baskets/" + basket + "/items/" + product)
                .then();
    }

    private static ValidatableResponse get(String basket) {
        return given().get("/api/baskets/" + basket).then();
    }

    private static RequestSpecification json() {
        return given().contentType(ContentType.JSON);
    }

    private static void refused(Response response, String field) {
        response.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", hasItem(field));
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String detail) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("detail", equalTo(detail));
    }

    /** Lets baskets hear of the product and its store by events, and waits until it has. */
    private ProductFound told(ProductFound product) {
        neighbours.publish(product.store().store(), product.store());
        neighbours.publish(product.product().product(), product.product());
        await().until(() -> find(product) != null);
        return product;
    }

    private CatalogueItem find(ProductFound product) {
        var id = product.product().product();
        return catalogue.find(List.of(id)).get(id);
    }

    private static String id(ProductFound product) {
        return product.product().product().toString();
    }

    private static ProductChanged dearer(ProductChanged p, long version, long price) {
        return new ProductChanged(
                p.product(), version, p.store(), p.name(), p.description(), p.sku(), new Money(price, "EUR"));
    }
}
