package emporium.e2e;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import emporium.e2e.DemoStories.Demo;
import emporium.mall.stories.Shop;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A mall that was started with {@code --bots 2}. */
class SimulatedBotsTest {

    private static RunningMall mall;

    private final Shop shop = new Shop();

    @BeforeAll
    static void a_mall_with_two_bots() {
        mall = RunningMall.start("--bots", "2");
        RestAssured.baseURI = "http://localhost";
        RestAssured.port = mall.port();
    }

    @AfterAll
    static void leave_it() {
        mall.stop();
    }

    @Test
    void bots_fetch_what_is_ordered_also_when_the_mall_dies_meanwhile() {
        var ann = shop.customer();
        var lamp = shop.product(shop.store("Lights & Co"), "Lamp", 1999);
        shop.onShelves(lamp, 10);
        var orders = IntStream.range(0, 4)
                .mapToObj(i -> shop.order(ann, shop.payment(ann, 1999), Map.of(lamp, 1)))
                .toList();
        shop.reached(orders.getFirst(), "READY");
        mall.kill("mall");
        mall.awaitReady();
        orders.forEach(this::assertFetched);
        assertEquals(6, shop.stock(lamp).getInt("quantity"));
        assertEquals(0, shop.stock(lamp).getInt("reserved"));
    }

    private void assertFetched(UUID order) {
        await().atMost(Duration.ofMinutes(2)).until(() -> shop.order(order).getString("status"), is("READY"));
    }

    @Test
    void the_demo_leaves_the_fetching_to_the_bots_that_are_there() throws Exception {
        var demo = Demo.run("--data", mall.data().toString());
        demo.assertToldTheWholeStory();
        assertFalse(demo.output().contains("plays one"), demo.output());
    }
}
