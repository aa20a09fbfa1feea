package emporium.mall.stories;

import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.mall.fuzz.Fuzz;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code -Demporium.fuzz.requests=20000 -Demporium.fuzz.seed=7} for more, or others. */
public abstract class FuzzStories {

    private static final int REQUESTS = Integer.getInteger("emporium.fuzz.requests", 3_000);
    private static final long SEED = Long.getLong("emporium.fuzz.seed", 1);

    private final Shop shop = new Shop();

    protected abstract URI mall();

    /** Connections to all of the mall's databases, to see what has changed in them; closed after use. */
    protected abstract List<Connection> databases() throws SQLException;

    @Test
    void whatever_is_asked_is_answered_as_documented_and_refused_without_a_trace() throws Exception {
        sellSomething();
        try (var fuzz = new Fuzz(mall(), databases(), SEED)
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
