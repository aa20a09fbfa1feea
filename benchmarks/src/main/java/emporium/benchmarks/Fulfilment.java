package emporium.benchmarks;

import com.fasterxml.jackson.databind.ObjectReader;
import emporium.benchmarks.OrderWatch.Status;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Brings approved orders to their end, by hand: one bot fetches them, their invoices are paid. */
final class Fulfilment {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectReader CREATED = MallClient.reader(Created.class);
    private static final ObjectReader ORDER = MallClient.reader(Order.class);

    private record Created(UUID id) {}

    private record Order(UUID id, Status status, UUID shoppingListId, UUID invoiceId) {}

    private final MallClient mall;
    private final UUID bot;

    Fulfilment(MallClient mall) throws InterruptedException {
        this.mall = mall;
        Created created = mall.post("/api/depot/bots", Map.of("name", "bench-" + UUID.randomUUID()), CREATED);
        bot = created.id();
    }

    void complete(UUID order) throws InterruptedException {
        var list = "/api/depot/shopping-lists/" + await(order, Status.APPROVED).shoppingListId();
        mall.post(list + "/assign", Map.of("botId", bot));
        mall.post(list + "/complete", Map.of("botId", bot));
        mall.post("/api/invoices/" + await(order, Status.READY).invoiceId() + "/pay", Map.of());
        await(order, Status.COMPLETED);
    }

    private Order await(UUID id, Status status) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Order order = mall.get("/api/orders/" + id, ORDER);
            if (order.status() == status && (status != Status.READY || order.invoiceId() != null)) {
                return order;
            }
            Thread.sleep(50);
        }
        throw new NoResult("Order %s is not %s after %d seconds.".formatted(id, status, PATIENCE.toSeconds()));
    }
}
