package emporium.benchmarks;

import emporium.benchmarks.Desk.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Places so many orders a second whether or not those before have been answered. What a slow mall makes an order wait
 * before it can even be sent is part of its latency: that counts from the moment in which it was to be placed.
 */
final class OpenLoop {

    private final Desk desk;
    private final Shop shop;

    OpenLoop(Desk desk, Shop shop) {
        this.desk = desk;
        this.shop = shop;
    }

    Run run(int perSecond, Duration ramp, Duration time) throws InterruptedException {
        var start = System.nanoTime();
        var begin = start + ramp.toNanos();
        var end = begin + time.toNanos();
        var placed = new ConcurrentLinkedQueue<Placed>();
        var running = new ArrayList<Future<?>>();
        try (var orders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0L; start + due(i, perSecond) < end; i++) {
                var moment = start + due(i, perSecond);
                Thread.sleep(Duration.ofNanos(Math.max(0, moment - System.nanoTime())));
                running.add(orders.submit(() -> placed.add(desk.place(shop.wish(), moment))));
            }
            Crew.await(running);
        }
        return new Run(placed, begin, end, Placed::begin);
    }

    private static long due(long number, int perSecond) {
        return number * 1_000_000_000L / perSecond;
    }
}
