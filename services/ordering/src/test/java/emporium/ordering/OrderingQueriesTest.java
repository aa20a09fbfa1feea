package emporium.ordering;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.ordering.FindOrders;
import emporium.contracts.ordering.OrderFound;
import emporium.contracts.ordering.OrderStatus;
import emporium.contracts.ordering.OrdersFound;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OrderingQueriesTest {
    private static final UUID FIRST = new UUID(0, 0);

    @Inject
    OrderingQueries queries;

    @Inject
    Neighbours neighbours;

    @Test
    void all_orders_are_found_page_by_page_as_they_are_now() {
        var placed = List.of(place(1), place(2), place(3));
        var found = new ArrayList<OrderFound>();
        for (var page = page(FIRST, 2);
                !page.isEmpty();
                page = page(page.getLast().created().order(), 2)) {
            assertTrue(page.size() <= 2);
            found.addAll(page);
        }
        var ids = found.stream().map(order -> order.created().order()).toList();
        assertEquals(ids.stream().sorted(OrderingQueriesTest::asText).toList(), ids);
        assertTrue(ids.containsAll(placed));
        var last = found.get(ids.indexOf(placed.getLast()));
        assertEquals(3, last.created().lines().getFirst().quantity());
        assertEquals("Lamp", last.created().lines().getFirst().productName());
        assertEquals(placed.getLast(), last.now().order());
        assertEquals(OrderStatus.PENDING, last.now().status());
        assertEquals(1, last.now().version());
    }

    @Test
    void a_page_ends_early_when_its_orders_are_long_but_never_with_none() {
        var items = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < 100; i++) {
            items.add(item(i));
        }
        var before = place(1);
        for (int i = 0; i < 6; i++) {
            place(items);
        }
        var lines = page(before, 500).stream()
                .mapToInt(order -> order.created().lines().size())
                .sum();
        assertEquals(500, lines);
        assertEquals(1, page(before, 0).size());
    }

    private List<OrderFound> page(UUID after, int limit) {
        return ((OrdersFound) queries.answer(new FindOrders(after, limit))).orders();
    }

    private UUID place(int quantity) {
        return place(List.of(item(quantity)));
    }

    private UUID place(List<Map<String, Object>> items) {
        var order = Map.of("customerId", UUID.randomUUID(), "paymentId", UUID.randomUUID(), "items", items);
        return UUID.fromString(given().contentType(ContentType.JSON)
                .body(order)
                .post("/api/orders")
                .then()
                .statusCode(202)
                .extract()
                .path("id"));
    }

    private Map<String, Object> item(int quantity) {
        var lamp = neighbours.has("Lamp", 1999, "EUR", true);
        return Map.of("productId", lamp.product().product(), "quantity", Math.max(quantity, 1));
    }

    /** As PostgreSQL sorts ids; {@link UUID#compareTo} knows signs. */
    private static int asText(UUID one, UUID other) {
        return one.toString().compareTo(other.toString());
    }
}
