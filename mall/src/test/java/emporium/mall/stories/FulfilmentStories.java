package emporium.mall.stories;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How an order comes to its end: fetched, invoiced and paid, or cancelled on the way with everything given back. Told
 * through REST: the same stories for a mall in a test and for a real one.
 */
public abstract class FulfilmentStories {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Shop shop = new Shop();

    private UUID ann;
    private UUID bot;
    private UUID lamp;
    private UUID atlas;
    private UUID payment;

    @BeforeEach
    void a_mall_with_ten_lamps_a_customer_who_can_pay_for_three_and_a_bot() {
        ann = shop.customer();
        bot = shop.bot();
        lamp = shop.product(shop.store("Lights & Co"), "Lamp", 1999);
        atlas = shop.product(shop.store("Book Inn"), "Atlas", 4950);
        shop.onShelves(lamp, 10);
        payment = shop.payment(ann, 3 * 1999 + 4950);
    }

    @Test
    void an_order_ends_completed_when_a_bot_has_fetched_it_and_the_customer_has_paid() {
        var order = shop.basket(ann, payment, Map.of(lamp, 3, atlas, 1));
        await().atMost(PATIENCE).untilAsserted(() -> shop.order(order));
        fetch(order);
        assertStock(7, 0);
        var invoice = shop.invoiceOf(order);
        shop.pay(invoice).then().statusCode(200).body("status", is("PAID"));
        var completed = shop.reached(order, "COMPLETED");
        assertEquals(invoice, completed.getUUID("invoiceId"));
        assertEquals(3 * 1999 + 4950, completed.getLong("total.amount"));
        assertEquals("CAPTURED", shop.payment(payment).getString("status"));
        await().atMost(PATIENCE)
                .until(() -> shop.mailsAbout(order), containsInAnyOrder("CREATED", "APPROVED", "READY", "COMPLETED"));
        await().atMost(PATIENCE).until(() -> shop.found(ann, "Book Inn"), hasItem(order.toString()));
        shop.cancel(order).then().statusCode(409);
        assertStock(7, 0);
    }

    @Test
    void an_order_cancelled_at_once_gives_everything_back() {
        var order = shop.order(ann, payment, Map.of(lamp, 3));
        shop.cancel(order).then().statusCode(202).body("status", is("CANCELLING"));
        assertCancelled(order);
    }

    @Test
    void an_approved_order_that_is_cancelled_gives_everything_back() {
        var order = approved();
        shop.cancel(order).then().statusCode(202);
        shop.cancel(order).then().statusCode(409);
        assertCancelled(order);
        assertEquals("VOIDED", shop.payment(payment).getString("status"));
    }

    @Test
    void an_order_in_the_hands_of_a_bot_is_recalled_and_the_bot_is_free() {
        var order = approved();
        var list = listOf(order);
        shop.assign(list, bot).then().statusCode(200);
        shop.cancel(order).then().statusCode(202);
        assertCancelled(order);
        assertNull(shop.heartbeat(bot).get("shoppingListId"));
        shop.complete(list, bot).then().statusCode(409);
        assertStock(10, 0);
    }

    @Test
    void the_goods_of_a_ready_order_go_back_on_the_shelves_when_it_is_cancelled() {
        var order = approved();
        fetch(order);
        shop.invoiceOf(order);
        assertStock(7, 0);
        shop.cancel(order).then().statusCode(202);
        assertCancelled(order);
        assertEquals("VOIDED", shop.payment(payment).getString("status"));
    }

    @Test
    void a_refused_order_has_nothing_to_cancel() {
        var order = shop.order(ann, UUID.randomUUID(), Map.of(lamp, 3));
        shop.reached(order, "REJECTED");
        shop.cancel(order).then().statusCode(409);
    }

    private UUID approved() {
        var order = shop.order(ann, payment, Map.of(lamp, 3));
        shop.reached(order, "APPROVED");
        return order;
    }

    private void fetch(UUID order) {
        shop.reached(order, "APPROVED");
        var list = listOf(order);
        shop.assign(list, bot).then().statusCode(200);
        shop.complete(list, bot).then().statusCode(200);
        shop.reached(order, "READY");
    }

    private UUID listOf(UUID order) {
        return shop.order(order).getUUID("shoppingListId");
    }

    private void assertCancelled(UUID order) {
        shop.reached(order, "CANCELLED");
        shop.shoppingListsOf(order).forEach(list -> assertEquals("CANCELLED", list.get("status")));
        await().atMost(PATIENCE).until(() -> shop.payment(payment).getString("status"), oneOf("AUTHORIZED", "VOIDED"));
        assertStock(10, 0);
    }

    private void assertStock(int quantity, int reserved) {
        var stock = shop.stock(lamp);
        assertEquals(quantity, stock.getInt("quantity"));
        assertEquals(reserved, stock.getInt("reserved"));
    }
}
