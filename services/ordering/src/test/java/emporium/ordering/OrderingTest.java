package emporium.ordering;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.contracts.Money;
import emporium.contracts.ordering.ApproveOrder;
import emporium.contracts.ordering.OrderApproved;
import emporium.contracts.ordering.OrderRejected;
import emporium.contracts.ordering.RejectOrder;
import emporium.contracts.stores.ProductChanged;
import emporium.contracts.stores.ProductFound;
import emporium.contracts.stores.ProductRemoved;
import emporium.contracts.stores.StoreChanged;
import emporium.messaging.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OrderingTest {
    @Inject
    Neighbours neighbours;

    @Inject
    Catalogue catalogue;

    @Inject
    Database database;

    private final UUID customer = UUID.randomUUID();
    private final UUID payment = UUID.randomUUID();

    @AfterEach
    void storesAreBack() {
        neighbours.storesAway = false;
    }

    @Test
    void an_order_is_accepted_at_the_catalogues_prices() {
        var lamp = neighbours.has("Lamp", 1999, "EUR", true);
        var order = post(item(lamp, 2))
                .statusCode(202)
                .body("status", equalTo("PENDING"))
                .body("customerId", equalTo(customer.toString()))
                .body("paymentId", equalTo(payment.toString()))
                .body("shoppingListId", nullValue())
                .body("invoiceId", nullValue())
                .body("reason", nullValue())
                .body("items.size()", equalTo(1))
                .body("items[0].productId", equalTo(id(lamp)))
                .body("items[0].productName", equalTo("Lamp"))
                .body("items[0].storeId", equalTo(lamp.store().store().toString()))
                .body("items[0].storeName", equalTo("The store of Lamp"))
                .body("items[0].price", equalTo(Map.of("amount", 1999, "currency", "EUR")))
                .body("items[0].quantity", equalTo(2))
                .body("total", equalTo(Map.of("amount", 3998, "currency", "EUR")))
                .body("createdAt", notNullValue())
                .body("version", equalTo(1))
                .extract();
        assertEquals("/api/orders/" + order.path("id"), order.header("Location"));
        assertEquals(
                order.jsonPath().getMap(""),
                get(order.path("id")).extract().jsonPath().getMap(""));
    }

    @Test
    void the_others_are_told_of_a_new_order() {
        var lamp = neighbours.has("Lamp", 1999, "EUR", true);
        var order = placed(item(lamp, 2));
        await().until(() ->
                neighbours.created.stream().anyMatch(event -> event.order().equals(order)));
        var event = neighbours.created.stream()
                .filter(candidate -> candidate.order().equals(order))
                .toList()
                .getFirst();
        assertEquals(customer, event.customer());
        assertEquals(payment, event.payment());
        assertEquals(new Money(3998, "EUR"), event.total());
        assertEquals("Lamp", event.lines().getFirst().productName());
    }

    @Test
    void placing_an_order_is_one_commit() {
        var order = placed(item(neighbours.has("Lamp", 1999, "EUR", true), 1));
        var writers = database.run("""
                select count(distinct writer) as writers, count(*) as written from (
                    select xmin::text as writer from ordering.event where stream_id = ?
                    union all select xmin::text from ordering.orders where id = ?
                    union all select xmin::text from ordering.outbox where strpos(messages, ?) > 0) as written""", select -> {
            select.setObject(1, order);
            select.setObject(2, order);
            select.setString(3, order.toString());
            var row = select.executeQuery();
            row.next();
            return List.of(row.getInt("writers"), row.getInt("written"));
        });
        assertEquals(List.of(1, 3), writers);
    }

    @Test
    void an_approved_order_tells_its_whole_history() {
        var order = placed(item(neighbours.has("Lamp", 1999, "EUR", true), 1));
        var list = UUID.randomUUID();
        var approve = neighbours.send(new ApproveOrder(order, list));
        await().until(() -> neighbours.replies.containsKey(approve));
        assertEquals(new OrderApproved(order), neighbours.replies.get(approve));
        get(order.toString())
                .body("status", equalTo("APPROVED"))
                .body("shoppingListId", equalTo(list.toString()))
                .body("version", equalTo(2));
        given().get("/api/orders/" + order + "/history")
                .then()
                .statusCode(200)
                .body("next", nullValue())
                .body("items.version", contains(1, 2))
                .body("items.type", contains("OrderCreated", "OrderApproved"))
                .body("items[0].data.total.amount", equalTo(1999))
                .body("items[1].data.shoppingList", equalTo(list.toString()))
                .body("items.metadata.occurredAt", everyItem(endsWith("Z")))
                .body("items[0].metadata.actor", equalTo("anonymous"))
                .body("items[1].metadata.actor", equalTo("orchestrator"))
                .body("items[1].metadata.causationId", equalTo(approve.toString()));
    }

    @Test
    void a_rejected_order_shows_why() {
        var order = placed(item(neighbours.has("Lamp", 1999, "EUR", true), 1));
        var reject = neighbours.send(new RejectOrder(order, "The card has expired."));
        await().until(() -> neighbours.replies.containsKey(reject));
        assertEquals(new OrderRejected(order), neighbours.replies.get(reject));
        get(order.toString()).body("status", equalTo("REJECTED")).body("reason", equalTo("The card has expired."));
    }

    @Test
    void the_owner_is_asked_once_for_a_product_not_yet_heard_of() {
        var lamp = neighbours.has("Lamp", 1999, "EUR", true);
        placed(item(lamp, 1));
        placed(item(lamp, 1));
        assertEquals(1, timesAsked(lamp));
    }

    @Test
    void the_owner_is_not_asked_for_what_its_events_have_told() {
        var lamp = told(neighbours.has("Lamp", 1999, "EUR", true));
        neighbours.storesAway = true;
        placed(item(lamp, 1));
        assertEquals(0, timesAsked(lamp));
    }

    @Test
    void a_new_price_counts_from_when_it_is_told_and_old_orders_keep_theirs() {
        var lamp = told(neighbours.has("Lamp", 1999, "EUR", true));
        var before = placed(item(lamp, 1));
        var dearer = dearer(lamp.product(), 2, 2999);
        neighbours.publish(dearer.product(), dearer);
        await().until(() -> find(lamp).price().amount() == 2999);
        get(placed(item(lamp, 1)).toString()).body("total.amount", equalTo(2999));
        get(before.toString()).body("total.amount", equalTo(1999));
    }

    @Test
    void an_unknown_product_is_named_and_nothing_is_ordered() {
        var unknown = UUID.randomUUID();
        var problem = post(Map.of("productId", unknown, "quantity", 1));
        problem(problem, 404, "There is no product " + unknown + ".");
        noOrders();
    }

    @Test
    void a_removed_product_cannot_be_ordered_even_if_an_older_event_comes_late() {
        var lamp = told(neighbours.has("Lamp", 1999, "EUR", true));
        var product = lamp.product();
        neighbours.publish(product.product(), new ProductRemoved(product.product(), 3, product.store()));
        neighbours.publish(product.product(), dearer(product, 2, 2999));
        await().until(() -> find(lamp).removed());
        problem(post(item(lamp, 1)), 404, "The product " + id(lamp) + " is no longer in the catalogue.");
    }

    @Test
    void a_store_that_does_not_take_part_is_named_with_the_product() {
        var lamp = told(neighbours.has("Lamp", 1999, "EUR", false));
        problem(
                post(item(lamp, 1)),
                422,
                "The product Lamp (" + id(lamp)
                        + ") cannot be ordered: the store The store of Lamp does not take part at present.");
        noOrders();
    }

    @Test
    void a_store_that_takes_part_by_now_can_be_ordered_from_before_its_event_has_come() {
        var closed = told(neighbours.has("Lamp", 1999, "EUR", false));
        var open = new StoreChanged(closed.store().store(), 2, "Lights & Co", "Level 2", true);
        var lamp = neighbours.has(new ProductFound(closed.product(), open));
        get(placed(item(lamp, 1)).toString()).body("items[0].storeName", equalTo("Lights & Co"));
    }

    @Test
    void what_is_known_is_the_answer_while_the_owner_is_away() {
        var lamp = told(neighbours.has("Lamp", 1999, "EUR", false));
        neighbours.storesAway = true;
        post(item(lamp, 1)).statusCode(422);
    }

    @Test
    void an_unknown_product_is_not_refused_for_good_while_the_owner_is_away() {
        neighbours.storesAway = true;
        var problem = post(Map.of("productId", UUID.randomUUID(), "quantity", 1));
        problem(problem, 503, "The stores cannot be asked for a product at present. Nothing was ordered; try again.");
        problem.header("Retry-After", notNullValue());
    }

    @Test
    void currencies_are_not_mixed_in_one_order() {
        var lamp = neighbours.has("Lamp", 1999, "EUR", true);
        var plug = neighbours.has("Plug", 500, "USD", true);
        problem(
                post(item(lamp, 1), item(plug, 1)),
                422,
                "An order is paid in one currency, but these products are priced in EUR and USD.");
    }

    @Test
    void a_total_beyond_all_counting_is_refused() {
        var diamond = neighbours.has("Diamond", Long.MAX_VALUE / 2, "EUR", true);
        problem(post(item(diamond, 3)), 422, "The total of this order is too large to be counted.");
    }

    @Test
    void a_quantity_is_a_whole_number_from_one_to_ten_thousand() {
        var lamp = neighbours.has("Lamp", 1, "EUR", true);
        Stream.of(0, -1, 10_001, 1_000_000, 1.5, "two", "2")
                .forEach(quantity -> post(Map.of("productId", id(lamp), "quantity", quantity))
                        .statusCode(400)
                        .body("violations.field", hasItem("items[0].quantity")));
        post(Map.of("productId", id(lamp))).statusCode(400).body("violations.field", hasItem("items[0].quantity"));
        placed(item(lamp, 10_000));
    }

    @Test
    void the_same_product_twice_is_a_mistake() {
        var lamp = neighbours.has("Lamp", 1999, "EUR", true);
        post(item(lamp, 1), item(lamp, 2))
                .statusCode(400)
                .body("violations[0].field", equalTo("items[1].productId"))
                .body("violations[0].message", equalTo("names a product a second time"));
    }

    @Test
    void an_order_names_its_customer_its_payment_and_at_least_one_item() {
        refused(Map.of("items", List.of(Map.of("productId", UUID.randomUUID(), "quantity", 1))), "customerId");
        refused(Map.of("customerId", customer, "items", List.of()), "paymentId");
        refused(Map.of("customerId", customer, "paymentId", payment, "items", List.of()), "items");
        refused(Map.of("customerId", customer, "paymentId", payment), "items");
        refused(Map.of("customerId", "Ann", "paymentId", payment, "items", List.of()), "customerId");
        refused(order(Map.of("quantity", 1)), "items[0].productId");
    }

    @Test
    void an_order_has_at_most_a_hundred_items() {
        var items = IntStream.range(0, 101)
                .mapToObj(i -> Map.of("productId", UUID.randomUUID(), "quantity", 1))
                .toArray(Map<?, ?>[]::new);
        refused(order(items), "items");
    }

    @Test
    void no_body_and_a_null_item_are_bad_input() {
        json().post("/api/orders").then().statusCode(400).contentType("application/problem+json");
        json().body("null").post("/api/orders").then().statusCode(400);
        json().body("{\"customerId\":\"" + customer + "\",\"paymentId\":\"" + payment + "\",\"items\":[null]}")
                .post("/api/orders")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void the_same_key_and_body_place_one_order() {
        var lamp = neighbours.has("Lamp", 1999, "EUR", true);
        var key = UUID.randomUUID().toString();
        var first = keyed(key, item(lamp, 1)).statusCode(202).extract();
        var again = keyed(key, item(lamp, 1)).statusCode(202).extract();
        assertEquals(first.asString(), again.asString());
        assertEquals(first.header("Location"), again.header("Location"));
        keyed(key, item(lamp, 2)).statusCode(422);
    }

    @Test
    void the_first_answer_is_given_again_though_the_product_is_gone() {
        var lamp = told(neighbours.has("Lamp", 1999, "EUR", true));
        var key = UUID.randomUUID().toString();
        var first = keyed(key, item(lamp, 1)).statusCode(202).extract();
        neighbours.publish(
                lamp.product().product(),
                new ProductRemoved(lamp.product().product(), 2, lamp.store().store()));
        await().until(() -> find(lamp).removed());
        assertEquals(
                first.asString(),
                keyed(key, item(lamp, 1)).statusCode(202).extract().asString());
    }

    @Test
    void the_orders_of_a_customer_are_listed_the_newest_first_and_in_pages() {
        var lamp = neighbours.has("Lamp", 1999, "EUR", true);
        var ids = IntStream.range(0, 5)
                .mapToObj(i -> placed(item(lamp, 1)).toString())
                .sorted(Comparator.reverseOrder())
                .toList();
        var first = given().get("/api/orders?limit=3&customerId=" + customer)
                .then()
                .statusCode(200)
                .extract();
        assertEquals(ids.subList(0, 3), first.path("items.id"));
        given().get("/api/orders?limit=3&customerId=" + customer + "&cursor=" + first.path("next"))
                .then()
                .body("items.id", equalTo(ids.subList(3, 5)))
                .body("next", nullValue());
        given().get("/api/orders?customerId=" + customer + "&status=APPROVED")
                .then()
                .body("items.size()", equalTo(0));
        given().get("/api/orders?status=LOST").then().statusCode(400).body("violations[0].field", equalTo("status"));
    }

    @Test
    void the_orders_are_counted_by_status() {
        var before = given().get("/api/orders/counts")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getInt("PENDING");
        placed(item(neighbours.has("Lamp", 1999, "EUR", true), 1));
        given().get("/api/orders/counts")
                .then()
                .body("PENDING", equalTo(before + 1))
                .body("REJECTED", notNullValue());
    }

    @Test
    void an_unknown_order_is_not_found() {
        var unknown = UUID.randomUUID();
        problem(get(unknown.toString()), 404, "There is no order " + unknown + ".");
        given().get("/api/orders/" + unknown + "/history").then().statusCode(404);
        given().get("/api/orders/not-an-id").then().statusCode(404).contentType("application/problem+json");
    }

    private UUID placed(Map<?, ?>... items) {
        return UUID.fromString(post(items).statusCode(202).extract().path("id"));
    }

    private ValidatableResponse post(Map<?, ?>... items) {
        return json().body(order(items)).post("/api/orders").then();
    }

    private ValidatableResponse keyed(String key, Map<?, ?>... items) {
        return json().header("Idempotency-Key", key)
                .body(order(items))
                .post("/api/orders")
                .then();
    }

    private void refused(Map<?, ?> body, String field) {
        json().body(body)
                .post("/api/orders")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", hasItem(field));
        noOrders();
    }

    private void noOrders() {
        given().get("/api/orders?customerId=" + customer).then().body("items.size()", equalTo(0));
    }

    private Map<String, Object> order(Map<?, ?>... items) {
        return Map.of("customerId", customer, "paymentId", payment, "items", List.of(items));
    }

    private static RequestSpecification json() {
        return given().contentType(ContentType.JSON);
    }

    private static ValidatableResponse get(String order) {
        return given().get("/api/orders/" + order).then();
    }

    private static void problem(ValidatableResponse response, int status, String detail) {
        response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("detail", equalTo(detail));
    }

    private static Map<String, Object> item(ProductFound product, int quantity) {
        return Map.of("productId", id(product), "quantity", quantity);
    }

    private static String id(ProductFound product) {
        return product.product().product().toString();
    }

    /** Lets ordering hear of the product and its store by events, and waits until it has. */
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

    private long timesAsked(ProductFound product) {
        return neighbours.asked.stream()
                .filter(product.product().product()::equals)
                .count();
    }

    private static ProductChanged dearer(ProductChanged p, long version, long price) {
        return new ProductChanged(
                p.product(), version, p.store(), p.name(), p.description(), p.sku(), new Money(price, "EUR"));
    }
}
