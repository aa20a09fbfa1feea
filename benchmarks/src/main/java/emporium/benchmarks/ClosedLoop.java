package emporium.benchmarks;

import emporium.benchmarks.Desk.Placed;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps so many orders in flight: each that is decided makes room for the next. */
final class ClosedLoop {

    private final Desk desk;
    private final Shop shop;

    ClosedLoop(Desk desk, Shop shop) {
        this.desk = desk;
        this.shop = shop;
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
        return new Run(placed, begin, end.get(), Placed::decided);
    }

    private void placeAll(AtomicLong end, Queue<Placed> placed) throws InterruptedException {
        while (System.nanoTime() < end.get()) {
            var wish = shop.wish();
            if (wish == null) {
                end.accumulateAndGet(System.nanoTime(), Math::min);
            } else {
                placed.add(desk.place(wish, System.nanoTime()));
            }
        }
    }
}
