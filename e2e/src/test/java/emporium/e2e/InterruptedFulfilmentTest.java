package emporium.e2e;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.mall.stories.Shop;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders that are cancelled while nobody can hear of it, and bots that fall silent. */
@ExtendWith(SharedMall.class)
class InterruptedFulfilmentTest {

    private final Shop shop = new Shop();
    private final UUID ann = shop.customer();
    private final UUID lamp = shop.product(shop.store("Lights & Co"), "Lamp", 1999);
    private final UUID payment = shop.payment(ann, 1999);

    @Test
    void an_order_cancelled_before_anything_was_done_for_it_is_never_approved(RunningMall mall) {
        shop.onShelves(lamp, 5);
        mall.pause("nats");
        var order = shop.order(ann, payment, Map.of(lamp, 1));
        shop.cancel(order).then().statusCode(202).body("status", is("CANCELLING"));
        mall.resume("nats");
        mall.awaitReady();
        shop.reached(order, "CANCELLED");
        assertEquals(0, shop.stock(lamp).getInt("reserved"));
        assertEquals(5, shop.stock(lamp).getInt("quantity"));
    }

    @Test
    void what_a_silent_bot_had_in_hand_is_completed_by_another() {
        var order = shop.order(ann, payment, Map.of(lamp, 1));
        var list = shop.reached(order, "APPROVED").getUUID("shoppingListId");
        var silent = shop.bot();
        var other = shop.bot();
        shop.assign(list, silent).then().statusCode(200);
        await("the list to be offered again")
                .atMost(Duration.ofMinutes(2))
                .until(() -> shop.shoppingList(list).getString("status"), is("AVAILABLE"));
        shop.complete(list, silent).then().statusCode(409);
        shop.assign(list, other).then().statusCode(200);
        shop.complete(list, silent).then().statusCode(409);
        shop.complete(list, other).then().statusCode(200);
        assertEquals(other, shop.shoppingList(list).getUUID("botId"));
        shop.reached(order, "READY");
    }
}
