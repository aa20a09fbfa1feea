package emporium.benchmarks;

import com.fasterxml.jackson.databind.ObjectReader;
import emporium.benchmarks.OrderWatch.Order;
import emporium.benchmarks.OrderWatch.Outcome;
import emporium.benchmarks.OrderWatch.Status;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Keeps so many orders in flight: each that is decided makes room for the next. */
final class ClosedLoop {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectReader ORDER = MallClient.reader(Order.class);

    private final MallClient mall;
    private final Shop shop;
    private final OrderWatch watch;
    private final LongAdder decided = new LongAdder();

    ClosedLoop(MallClient mall, Shop shop, OrderWatch watch) {
        this.mall = mall;
        this.shop = shop;
        this.watch = watch;
    }

    /** Orders decided until now, for those who watch. */
    long decided() {
        return decided.sum();
    }

    /** Places orders until the time is up or the payments are used, then waits for those in flight. */
    Round run(int inFlight, Duration time) throws InterruptedException {
        var begin = System.nanoTime();
        var end = new AtomicLong(begin + time.toNanos());
        var placed = new ConcurrentLinkedQueue<Placed>();
        Crew.work(inFlight, () -> placeAll(end, placed));
        return new Round(placed, begin, end.get());
    }

    private void placeAll(AtomicLong end, Queue<Placed> placed) throws InterruptedException {
        while (System.nanoTime() < end.get()) {
            var wish = shop.wish();
            if (wish == null) {
                end.accumulateAndGet(System.nanoTime(), Math::min);
            } else {
                placed.add(place(wish));
                decided.increment();
            }
        }
    }

    private Placed place(Shop.Wish wish) throws InterruptedException {
        var begin = System.nanoTime();
        Order order = mall.post("/api/orders", wish.body(), ORDER);
        var answered = System.nanoTime();
        var outcome = await(order);
        var expected = wish.approvable() ? Status.APPROVED : Status.REJECTED;
        if (outcome.status() != expected) {
            throw new NoResult("Order %s is %s and should be %s.".formatted(order.id(), outcome.status(), expected));
        }
        if (wish.approvable()) {
            shop.approved(wish);
        }
        return new Placed(begin, answered, outcome.nanoTime());
    }

    private Outcome await(Order order) throws InterruptedException {
        try {
            return watch.outcome(order.id()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new NoResult("Order %s is still %s after %d seconds."
                    .formatted(order.id(), watch.readOrder(order.id()).status(), PATIENCE.toSeconds()));
        } catch (ExecutionException e) {
            throw new NoResult(e.getCause().getMessage(), e);
        }
    }

    /** One order's moments, in nanoseconds. */
    record Placed(long begin, long answered, long decided) {}

    /** The orders of one round, also those that were decided after its end. */
    record Round(Queue<Placed> placed, long begin, long end) {

        long within() {
            return placed.stream().filter(order -> order.decided() <= end).count();
        }

        double seconds() {
            return (end - begin) / 1e9;
        }
    }
}
