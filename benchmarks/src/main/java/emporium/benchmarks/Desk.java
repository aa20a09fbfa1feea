package emporium.benchmarks;

import com.fasterxml.jackson.databind.ObjectReader;
import emporium.benchmarks.OrderWatch.Order;
import emporium.benchmarks.OrderWatch.Outcome;
import emporium.benchmarks.OrderWatch.Status;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/** Where one order is placed, cancelled if it is to be, and waited for. */
final class Desk {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Some are cancelled before their saga has begun, most in the middle of it, some after its end. */
    private static final int LATEST_CANCEL_MILLIS = 500;

    private static final ObjectReader ORDER = MallClient.reader(Order.class);

    private final MallClient mall;
    private final Shop shop;
    private final OrderWatch watch;
    private final LongAdder decided = new LongAdder();

    Desk(MallClient mall, Shop shop, OrderWatch watch) {
        this.mall = mall;
        this.shop = shop;
        this.watch = watch;
    }

    /** An order that has ended as it should; its moments in nanoseconds. */
    record Placed(UUID id, Shop.Wish wish, long begin, long answered, long decided) {}

    /** Orders decided until now, for those who watch. */
    long decided() {
        return decided.sum();
    }

    /** @param begin when it was to be placed, which may be a while ago */
    Placed place(Shop.Wish wish, long begin) throws InterruptedException {
        Order order = mall.post("/api/orders", wish.body(), ORDER);
        var answered = System.nanoTime();
        if (wish.ending() == Status.CANCELLED) {
            Thread.sleep(ThreadLocalRandom.current().nextInt(LATEST_CANCEL_MILLIS));
            mall.post("/api/orders/" + order.id() + "/cancel", Map.of("reason", "Changed my mind"));
        }
        var outcome = await(order, wish.ending());
        if (outcome.status() != wish.ending()) {
            throw new NoResult(
                    "Order %s is %s and should be %s.".formatted(order.id(), outcome.status(), wish.ending()));
        }
        shop.ended(wish);
        decided.increment();
        return new Placed(order.id(), wish, begin, answered, outcome.nanoTime());
    }

    private Outcome await(Order order, Status expected) throws InterruptedException {
        try {
            return watch.outcome(order.id(), expected).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new NoResult("Order %s is %s after %d seconds."
                    .formatted(order.id(), watch.readOrder(order.id()).status(), PATIENCE.toSeconds()));
        } catch (ExecutionException e) {
            throw new NoResult(e.getCause().getMessage(), e);
        }
    }
}
