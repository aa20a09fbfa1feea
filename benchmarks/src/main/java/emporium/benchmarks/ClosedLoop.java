package emporium.benchmarks;

import com.fasterxml.jackson.databind.ObjectReader;
import emporium.benchmarks.OrderWatch.Order;
import emporium.benchmarks.OrderWatch.Outcome;
import emporium.benchmarks.OrderWatch.Status;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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

    /**
     * Places orders until the time is up or the payments are used, then waits for those in flight.
     *
     * @param ramp how long the loop runs before it counts: it begins with nobody's order decided
     */
    Run run(int inFlight, Duration ramp, Duration time) throws InterruptedException {
        var begin = System.nanoTime() + ramp.toNanos();
        var end = new AtomicLong(begin + time.toNanos());
        var placed = new ConcurrentLinkedQueue<Placed>();
        Crew.work(inFlight, () -> placeAll(end, placed));
        return new Run(placed, begin, end.get());
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
            throw new NoResult("Order %s is %s after %d seconds."
                    .formatted(order.id(), watch.readOrder(order.id()).status(), PATIENCE.toSeconds()));
        } catch (ExecutionException e) {
            throw new NoResult(e.getCause().getMessage(), e);
        }
    }

    /** One order's moments, in nanoseconds. */
    record Placed(long begin, long answered, long decided) {}

    /** All orders of a loop, and from when to when it counted. */
    record Run(Collection<Placed> placed, long begin, long end) {

        /** The orders that were decided while it counted. */
        List<Placed> counted() {
            return decided(begin, end).toList();
        }

        double seconds() {
            return (end - begin) / 1e9;
        }

        double perSecond() {
            return counted().size() / seconds();
        }

        /** The rate in each of so many equal parts of the time. */
        DoubleStream rounds(int number) {
            var length = (end - begin) / number;
            return LongStream.range(0, number)
                    .map(round -> begin + round * length)
                    .mapToDouble(start -> decided(start, start + length).count() / (length / 1e9));
        }

        private Stream<Placed> decided(long from, long to) {
            return placed.stream().filter(order -> order.decided() >= from && order.decided() < to);
        }
    }
}
