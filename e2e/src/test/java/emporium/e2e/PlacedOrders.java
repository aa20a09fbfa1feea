package emporium.e2e;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.mall.stories.Shop;
import io.restassured.path.json.JsonPath;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;

/** Orders of one lamp each, with a payment of their own, and what must have become of them whatever died meanwhile. */
final class PlacedOrders {

    private final Shop shop = new Shop();

    /** Order to its payment. */
    private final Map<UUID, UUID> orders = new LinkedHashMap<>();

    private final Queue<UUID> authorized = new ArrayDeque<>();
    private final UUID ann = shop.customer();
    private final UUID lamp = shop.product(shop.store("Lights & Co"), "Lamp", 1999);

    PlacedOrders() {
        shop.onShelves(lamp, 1000);
    }

    /** Has payments authorised for so many orders that are placed later, when nobody could do that. */
    void authorize(int count) {
        for (int i = 0; i < count; i++) {
            authorized.add(shop.payment(ann, 1999));
        }
    }

    void place(int count) {
        for (int i = 0; i < count; i++) {
            var payment = authorized.isEmpty() ? shop.payment(ann, 1999) : authorized.remove();
            orders.put(shop.order(ann, payment, Map.of(lamp, 1)), payment);
        }
    }

    Map<UUID, Map<String, Object>> shown() {
        var shown = new LinkedHashMap<UUID, Map<String, Object>>();
        orders.keySet().forEach(order -> shown.put(order, shop.order(order).getMap("")));
        return shown;
    }

    /**
     * Each is approved and paid for, or given up with nothing left of it and the reason told in words for a shopper.
     * Returns how many are approved.
     */
    int assertEachApprovedOrGivenUp() {
        var approved = 0;
        for (var order : orders.entrySet()) {
            var shown = shop.order(order.getKey());
            var payment = shop.payment(order.getValue());
            if (shown.getString("status").equals("APPROVED")) {
                approved++;
                assertEquals("CONFIRMED", payment.getString("status"));
                assertEquals(order.getKey(), payment.getUUID("orderId"));
            } else {
                assertEquals("REJECTED", shown.getString("status"));
                assertTrue(shown.getString("reason").startsWith("We could not process your order in time."));
                assertEquals("AUTHORIZED", payment.getString("status"));
                assertNull(payment.getString("orderId"));
            }
        }
        assertEquals(approved, shop.stock(lamp).getInt("reserved"));
        return approved;
    }

    void assertAllPending() {
        orders.keySet()
                .forEach(order -> assertEquals("PENDING", shop.order(order).getString("status")));
    }

    void assertAllApprovedOnce() {
        orders.forEach(this::assertApprovedOnce);
        assertEquals(orders.size(), shop.stock(lamp).getInt("reserved"));
    }

    private void assertApprovedOnce(UUID order, UUID payment) {
        var approved = shop.decided(order);
        assertEquals("APPROVED", approved.getString("status"));
        assertEquals(1, sagasOf(order).getList("items").size());
        var lists = shop.shoppingListsOf(order);
        assertEquals(1, lists.size());
        assertEquals("AVAILABLE", lists.getFirst().get("status"));
        assertEquals(approved.getString("shoppingListId"), lists.getFirst().get("id"));
        assertEquals("CONFIRMED", shop.payment(payment).getString("status"));
        assertEquals(order, shop.payment(payment).getUUID("orderId"));
    }

    private static JsonPath sagasOf(UUID order) {
        return given().queryParam("orderId", order)
                .get("/api/sagas")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
