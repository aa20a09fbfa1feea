package emporium.search;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.contracts.customers.CustomerChanged;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderStatus;
import emporium.contracts.ordering.OrderingEvent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SearchTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Inject
    Neighbours neighbours;

    @Inject
    OrderIndex index;

    @Inject
    OrderSearch search;

    @Inject
    Names names;

    private final UUID ann = UUID.randomUUID();

    @Test
    void an_order_is_found_with_all_its_names_and_follows_its_changes() {
        var customer = neighbours.registers("Ann Ample");
        neighbours.tell(customer);
        var order = neighbours.tell(neighbours.order(
                customer.customer(),
                NOON,
                neighbours.line("Lamp", "Lights & Co", 1999),
                neighbours.line("Nail", "Tools", 1)));
        found(order);
        named(order);
        var line = order.lines().getFirst();
        search("customerId=" + customer.customer())
                .body("items.size()", equalTo(1))
                .body("items[0].id", equalTo(order.order().toString()))
                .body("items[0].customerName", equalTo("Ann Ample"))
                .body("items[0].status", equalTo("PENDING"))
                .body("items[0].paymentId", equalTo(order.payment().toString()))
                .body("items[0].items.productName", contains("Lamp", "Nail"))
                .body("items[0].items[0].storeName", equalTo("Lights & Co"))
                .body("items[0].items[0].storeId", equalTo(line.store().toString()))
                .body("items[0].items[0].price", equalTo(Map.of("amount", 1999, "currency", "EUR")))
                .body("items[0].total.amount", equalTo(2000))
                .body("items[0].createdAt", equalTo("2026-03-01T12:00:00Z"))
                .body("items[0].version", equalTo(1));
        neighbours.tell(order, Neighbours.changed(order, 2, OrderStatus.REJECTED, "out of stock"));
        await().untilAsserted(() -> search("customerId=" + customer.customer())
                .body("items[0].status", equalTo("REJECTED"))
                .body("items[0].reason", equalTo("out of stock"))
                .body("items[0].version", equalTo(2)));
    }

    @Test
    void every_filter_finds_what_it_says_and_nothing_else() {
        var cheap = take(neighbours.order(ann, NOON, neighbours.line("Lamp", "Lights & Co", 500)));
        var dear =
                take(neighbours.order(ann, NOON.plusSeconds(60), neighbours.line("Lamp shade", "Lights & Co", 5000)));
        take(Neighbours.changed(dear, 2, OrderStatus.APPROVED, null));
        var both = "customerId=" + ann + "&";
        finds(both, dear, cheap);
        finds(both + "status=APPROVED", dear);
        finds(both + "status=PENDING", cheap);
        finds(both + "minTotal=501", dear);
        finds(both + "maxTotal=500", cheap);
        finds(both + "minTotal=500&maxTotal=5000", dear, cheap);
        finds(both + "after=2026-03-01T12:00:01Z", dear);
        finds(both + "after=2026-03-01T12:00:00Z&before=2026-03-01T12:01:00Z", cheap);
        finds("storeId=" + cheap.lines().getFirst().store(), cheap);
        finds("productId=" + dear.lines().getFirst().product(), dear);
        finds("productId=" + dear.lines().getFirst().product() + "&status=PENDING");
        finds(
                "productId=" + dear.lines().getFirst().product() + "&storeId="
                        + dear.lines().getFirst().store() + "&" + both + "q=lights",
                dear);
        finds(both + "q=lamp", dear, cheap);
        finds(both + "q=LIGHTS shade", dear);
        finds(both + "q=lamp -shade", cheap);
        finds(both + "q=\"lamp shade\"", dear);
        finds(both + "q=nowhere");
        finds(both + "q= ", dear, cheap);
        finds("customerId=" + UUID.randomUUID());
    }

    @Test
    void an_order_is_found_once_however_many_of_its_products_are_of_the_store() {
        var store = UUID.randomUUID();
        var one = neighbours.line("Lamp", "Lights", 1);
        var order = take(neighbours.order(ann, NOON, of(store, one), of(store, neighbours.line("Bulb", "Lights", 1))));
        finds("storeId=" + store, order);
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition_also_where_orders_are_of_the_same_moment() {
        var line = neighbours.line("Lamp", "Lights", 100);
        var all = new ArrayList<String>();
        for (int i = 0; i < 25; i++) {
            all.addFirst(take(neighbours.order(ann, NOON.plusSeconds(i / 5), line))
                    .order()
                    .toString());
        }
        for (var filter : List.of("customerId=" + ann, "storeId=" + line.store(), "productId=" + line.product())) {
            var seen = new ArrayList<String>();
            var cursor = "";
            while (cursor != null) {
                var page = search(filter + "&limit=4" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                        .extract();
                seen.addAll(page.<List<String>>path("items.id"));
                cursor = page.path("next");
            }
            assertEquals(25, seen.size());
            assertEquals(all.stream().sorted().toList(), seen.stream().sorted().toList());
        }
    }

    @Test
    void bad_input_names_the_parameter() {
        for (var parameter : Map.of(
                        "customerId", "nobody",
                        "status", "LOST",
                        "after", "yesterday",
                        "minTotal", "much",
                        "limit", "501",
                        "cursor", "here")
                .entrySet()) {
            given().queryParam(parameter.getKey(), parameter.getValue())
                    .get("/api/search/orders")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("violations.field", hasItem(parameter.getKey()));
        }
    }

    @Test
    void any_order_any_repetition_and_any_batches_end_in_the_newest_state() {
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var order = neighbours.order(ann, NOON, neighbours.line("Lamp", "Lights", 100));
            var story = new ArrayList<OrderingEvent>(List.of(
                    order,
                    Neighbours.changed(order, 2, OrderStatus.APPROVED, null),
                    Neighbours.changed(order, 3, OrderStatus.READY, null),
                    Neighbours.changed(order, 4, OrderStatus.CANCELLING, "changed my mind"),
                    Neighbours.changed(order, 5, OrderStatus.CANCELLED, "changed my mind")));
            story.addAll(story);
            Collections.shuffle(story, random);
            while (!story.isEmpty()) {
                var batch = story.subList(0, 1 + random.nextInt(story.size()));
                take(batch.toArray(OrderingEvent[]::new));
                batch.clear();
            }
            var view = ofStore(order.lines().getFirst().store()).getFirst();
            assertEquals(OrderStatus.CANCELLED, view.status(), "seed " + seed);
            assertEquals(5, view.version());
            assertEquals("changed my mind", view.reason());
            assertEquals(NOON, view.createdAt());
            assertEquals(NOON.plusSeconds(5), view.updatedAt());
            assertEquals("Lamp", view.items().getFirst().productName());
        }
    }

    @Test
    void a_change_that_comes_before_its_creation_is_seen_already() {
        var order = neighbours.order(ann, NOON, neighbours.line("Lamp", "Lights", 100));
        take(Neighbours.changed(order, 2, OrderStatus.APPROVED, null));
        search("customerId=" + ann).body("items[0].status", equalTo("APPROVED")).body("items[0].items", empty());
        take(order);
        search("customerId=" + ann)
                .body("items[0].status", equalTo("APPROVED"))
                .body("items[0].items.productName", contains("Lamp"));
        finds("storeId=" + order.lines().getFirst().store(), order);
    }

    @Test
    void a_customer_of_whom_no_event_has_told_is_asked_for() {
        var bob = neighbours.registers("Bob Builder");
        var order = take(neighbours.order(bob.customer(), NOON, neighbours.line("Lamp", "Lights", 100)));
        search("customerId=" + bob.customer()).body("items[0].customerName", nullValue());
        fillNames();
        search("customerId=" + bob.customer()).body("items[0].customerName", equalTo("Bob Builder"));
        finds("customerId=" + bob.customer() + "&q=builder", order);
    }

    @Test
    void an_order_of_nobody_stays_without_a_name_and_is_asked_for_once() {
        take(neighbours.order(ann, NOON, neighbours.line("Lamp", "Lights", 100)));
        fillNames();
        assertEquals(0, names.fillOnce());
        search("customerId=" + ann).body("items[0].customerName", nullValue());
    }

    @Test
    void a_new_name_is_found_and_the_old_one_no_more() {
        var customer = neighbours.registers("Carla Chang");
        neighbours.tell(customer);
        var order = neighbours.tell(neighbours.order(customer.customer(), NOON, neighbours.line("Lamp", "Lights", 1)));
        named(order);
        neighbours.tell(new CustomerChanged(customer.customer(), 2, "Carla Meyer", "c@example.org", "+49", true));
        var hers = "customerId=" + customer.customer();
        await().untilAsserted(() -> finds(hers + "&q=meyer", order));
        finds(hers + "&q=chang");
    }

    private OrderCreated take(OrderCreated order) {
        take(new OrderingEvent[] {order});
        return order;
    }

    private void take(OrderChanged change) {
        take(new OrderingEvent[] {change});
    }

    private void take(OrderingEvent... events) {
        QuarkusTransaction.requiringNew().run(() -> index.take(List.of(events)));
    }

    private void fillNames() {
        await().until(() -> names.fillOnce() == 0); // there may be orders of other tests
    }

    private List<OrderView> ofStore(UUID store) {
        return search.find(new Filters(null, null, store, null, null, null, null, null, null), null, 10);
    }

    private void found(OrderCreated order) {
        await().untilAsserted(
                        () -> finds("productId=" + order.lines().getFirst().product(), order));
    }

    private void named(OrderCreated order) {
        await().until(() ->
                given().get("/api/search/orders?customerId=" + order.customer()).path("items[0].customerName") != null);
    }

    private static OrderLine of(UUID store, OrderLine line) {
        return new OrderLine(
                line.product(), line.productName(), store, line.storeName(), line.price(), line.quantity());
    }

    private static void finds(String query, OrderCreated... orders) {
        var ids = Stream.of(orders).map(order -> order.order().toString()).toList();
        assertEquals(ids, search(query).extract().path("items.id"), query);
    }

    private static ValidatableResponse search(String query) {
        return given().get("/api/search/orders?" + query).then().statusCode(200);
    }
}
