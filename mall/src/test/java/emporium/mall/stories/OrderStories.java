package emporium.mall.stories;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an order, told through REST: the same stories for a mall in a test and for a real one. */
public abstract class OrderStories {

    private final Shop shop = new Shop();

    private UUID ann;
    private UUID lamp;
    private UUID atlas;
    private UUID payment;

    @BeforeEach
    void a_mall_with_two_stores_and_a_customer_who_can_pay_for_three_lamps() {
        ann = shop.customer();
        lamp = shop.product(shop.store("Lights & Co"), "Lamp", 1999);
        atlas = shop.product(shop.store("Book Inn"), "Atlas", 4950);
        shop.onShelves(lamp, 10);
        payment = shop.payment(ann, 5997);
    }

    @Test
    void an_order_that_nothing_speaks_against_is_approved() {
        var order = shop.order(ann, payment, Map.of(lamp, 3));
        var approved = shop.decided(order);
        assertEquals("APPROVED", approved.getString("status"));
        assertEquals(5997, approved.getLong("total.amount"));
        assertEquals("EUR", approved.getString("total.currency"));
        assertNull(approved.getString("reason"));
        var list = shop.shoppingList(approved.getUUID("shoppingListId"));
        assertEquals(order, list.getUUID("orderId"));
        assertEquals("AVAILABLE", list.getString("status"));
        assertThat(list.getList("stops"), hasSize(1));
        assertEquals("Lights & Co", list.getString("stops[0].storeName"));
        assertEquals(3, list.getInt("stops[0].items[0].quantity"));
        assertStock(10, 3);
        assertPayment("CONFIRMED", order);
    }

    @Test
    void an_order_from_two_stores_makes_one_list_with_two_stops() {
        var rich = shop.payment(ann, 100_000);
        var approved = shop.decided(shop.order(ann, rich, Map.of(lamp, 1, atlas, 2)));
        assertEquals("APPROVED", approved.getString("status"));
        assertEquals(1999 + 2 * 4950, approved.getLong("total.amount"));
        assertThat(shop.shoppingList(approved.getUUID("shoppingListId")).getList("stops"), hasSize(2));
    }

    @Test
    void an_order_tells_its_history() {
        var order = shop.order(ann, payment, Map.of(lamp, 1));
        shop.decided(order);
        given().get("/api/orders/{id}/history", order)
                .then()
                .statusCode(200)
                .body("items.type", contains("OrderCreated", "OrderApproved"));
    }

    @Test
    void an_unknown_customer_is_refused() {
        var nobody = UUID.randomUUID();
        var theirs = shop.payment(nobody, 5997);
        var order = shop.order(nobody, theirs, Map.of(lamp, 3));
        assertRejected(order, nobody.toString());
        assertEquals("AUTHORIZED", shop.payment(theirs).getString("status"));
    }

    @Test
    void a_disabled_customer_is_refused() {
        shop.disable(ann);
        assertRejected(shop.order(ann, payment, Map.of(lamp, 3)), "disabled");
        assertPayment("AUTHORIZED", null);
    }

    @Test
    void an_unknown_payment_is_refused() {
        assertRejected(shop.order(ann, UUID.randomUUID(), Map.of(lamp, 3)), "payment");
        assertPayment("AUTHORIZED", null);
    }

    @Test
    void the_payment_of_another_customer_is_refused_and_stays_theirs() {
        assertRejected(shop.order(shop.customer(), payment, Map.of(lamp, 3)), "payment");
        assertPayment("AUTHORIZED", null);
    }

    @Test
    void a_payment_of_too_small_an_amount_is_refused() {
        assertRejected(shop.order(ann, payment, Map.of(lamp, 4)), "payment");
        assertPayment("AUTHORIZED", null);
    }

    @Test
    void a_payment_can_be_used_for_one_order_only() {
        var first = shop.order(ann, payment, Map.of(lamp, 3));
        assertEquals("APPROVED", shop.decided(first).getString("status"));
        var second = shop.decided(shop.order(ann, payment, Map.of(lamp, 1)));
        assertEquals("REJECTED", second.getString("status"));
        assertStock(10, 3);
        assertPayment("CONFIRMED", first);
    }

    @Test
    void an_order_of_more_than_the_shelves_hold_is_refused() {
        shop.onShelves(lamp, 2);
        var order = shop.order(ann, payment, Map.of(lamp, 3));
        var rejected = shop.decided(order);
        assertEquals("REJECTED", rejected.getString("status"));
        assertThat(rejected.getString("reason"), containsString("Lamp"));
        assertStock(2, 0);
        assertPayment("AUTHORIZED", null);
    }

    @Test
    void what_a_refused_order_held_can_be_had_by_the_next() {
        assertEquals(
                "REJECTED",
                shop.decided(shop.order(shop.customer(), payment, Map.of(lamp, 3)))
                        .getString("status"));
        shop.onShelves(lamp, 3);
        assertEquals(
                "APPROVED",
                shop.decided(shop.order(ann, payment, Map.of(lamp, 3))).getString("status"));
    }

    @Test
    void an_order_sent_twice_with_one_key_is_one_order() {
        var wish = Shop.orderOf(ann, payment, Map.of(lamp, 3));
        var key = UUID.randomUUID();
        var first = keyed(key, wish, 202);
        assertEquals("APPROVED", shop.decided(first.getUUID("id")).getString("status"));
        assertEquals(first.getUUID("id"), keyed(key, wish, 202).getUUID("id"));
        keyed(key, Shop.orderOf(ann, payment, Map.of(lamp, 2)), 422);
        assertStock(10, 3);
    }

    @Test
    void the_price_is_the_catalogues_whatever_the_client_says() {
        var wish = Map.of(
                "customerId", ann,
                "paymentId", payment,
                "items", List.of(Map.of("productId", lamp, "quantity", 1, "price", Shop.money(1))));
        var order = shop.post("/api/orders", wish)
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getUUID("id");
        assertEquals(1999, shop.decided(order).getLong("total.amount"));
    }

    private static JsonPath keyed(UUID key, Object body, int status) {
        return given().contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/orders")
                .then()
                .statusCode(status)
                .extract()
                .jsonPath();
    }

    private void assertRejected(UUID order, String because) {
        var rejected = shop.decided(order);
        assertEquals("REJECTED", rejected.getString("status"));
        assertThat(rejected.getString("reason").toLowerCase(), containsString(because));
        assertStock(10, 0);
        shop.shoppingListsOf(order).forEach(list -> assertEquals("CANCELLED", list.get("status")));
    }

    private void assertStock(int quantity, int reserved) {
        var stock = shop.stock(lamp);
        assertEquals(quantity, stock.getInt("quantity"));
        assertEquals(reserved, stock.getInt("reserved"));
        assertEquals(quantity - reserved, stock.getInt("available"));
    }

    private void assertPayment(String status, UUID order) {
        var now = shop.payment(payment);
        assertEquals(status, now.getString("status"));
        assertEquals(order, now.get("orderId") == null ? null : now.getUUID("orderId"));
    }
}
