package emporium.mall;

import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.mall.fuzz.Fuzz;
import emporium.mall.stories.Shop;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code -Demporium.fuzz.requests=20000 -Demporium.fuzz.seed=7} for more, or others. */
@QuarkusTest
class MallFuzzTest {

    private static final int REQUESTS = Integer.getInteger("emporium.fuzz.requests", 3_000);
    private static final long SEED = Long.getLong("emporium.fuzz.seed", 1);

    @Inject
    AgroalDataSource database;

    @TestHTTPResource("/")
    URI mall;

    private final Shop shop = new Shop();

    @Test
    void whatever_is_asked_is_answered_as_documented_and_refused_without_a_trace() throws Exception {
        sellSomething();
        try (var fuzz = new Fuzz(mall, database.getConnection(), SEED)
                .knowing("method", "approve", "decline")
                .knowing("name", "mall", "catalog")) {
            var findings = fuzz.run(REQUESTS);
            System.out.println("Fuzz with seed " + SEED + ": " + fuzz.summary());
            assertTrue(findings.isEmpty(), () -> "\n" + String.join("\n", findings));
        }
    }

    /** So that there is one of everything: a list, a bot that has it in hand, an invoice. */
    private void sellSomething() {
        var ann = shop.customer();
        var lamp = shop.product(shop.store("Lights & Co"), "Lamp", 1999);
        for (int i = 0; i < 2; i++) {
            var order = shop.order(ann, shop.payment(ann, 1999), Map.of(lamp, 1));
            shop.reached(order, "APPROVED");
            var list = UUID.fromString(
                    shop.shoppingListsOf(order).getFirst().get("id").toString());
            var bot = shop.bot();
            shop.assign(list, bot);
            if (i == 0) {
                shop.complete(list, bot);
                shop.invoiceOf(order);
            }
        }
    }
}
