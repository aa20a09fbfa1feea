package emporium.benchmarks;

import com.fasterxml.jackson.databind.ObjectReader;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sees by REST how orders end, for few requests: one list of the newest approved orders tells of all in flight; a single
 * order in flight is asked for by its id. Counts its reads, so that their cost can be
 * taken off.
 */
final class OrderWatch {

    private static final int PAGE = 100;
    private static final ObjectReader ORDERS = MallClient.reader(Orders.class);
    private static final ObjectReader ORDER = MallClient.reader(Order.class);

    record Order(UUID id, Status status) {}

    record Orders(List<Order> items, String next) {}

    enum Status {
        PENDING,
        APPROVED,
        READY,
        COMPLETED,
        REJECTED,
        CANCELLING,
        CANCELLED
    }

    /** An order in flight and how it should end. */
    private record Awaited(Status expected, CompletableFuture<Outcome> outcome) {

        boolean isEnd(Status seen) {
            return switch (seen) {
                case PENDING, CANCELLING -> false;
                case APPROVED, READY, COMPLETED -> expected != Status.CANCELLED;
                case REJECTED, CANCELLED -> true;
            };
        }
    }

    /** How an order ended, and when that was seen. */
    record Outcome(Status status, long nanoTime) {}

    private final MallClient mall;
    private final ConcurrentSkipListMap<UUID, Awaited> inFlight = new ConcurrentSkipListMap<>(OrderWatch::byTime);
    private final LongAdder listReads = new LongAdder();
    private final LongAdder orderReads = new LongAdder();

    OrderWatch(MallClient mall) {
        this.mall = mall;
    }

    /** How the order ends. One that is to be cancelled has not ended when it is approved. */
    CompletableFuture<Outcome> outcome(UUID order, Status expected) {
        return inFlight.computeIfAbsent(order, id -> new Awaited(expected, new CompletableFuture<>()))
                .outcome();
    }

    int inFlight() {
        return inFlight.size();
    }

    /** Looks for orders that ended so, again and again until interrupted. */
    void repeat(List<Status> expected, Duration pause) {
        try {
            while (true) {
                lookOnce(expected);
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (NoResult e) {
            inFlight.values().forEach(awaited -> awaited.outcome().completeExceptionally(e));
        }
    }

    /** How often each kind of read was made until now. */
    Reads reads() {
        return new Reads(listReads.sum(), orderReads.sum());
    }

    Order readOrder(UUID id) throws InterruptedException {
        orderReads.increment();
        return mall.get("/api/orders/" + id, ORDER);
    }

    Orders readList(Status status, String cursor) throws InterruptedException {
        listReads.increment();
        var from = cursor == null ? "" : "&cursor=" + cursor;
        return mall.get("/api/orders?limit=" + PAGE + "&status=" + status + from, ORDERS);
    }

    private void lookOnce(List<Status> expected) throws InterruptedException {
        try {
            var oldest = inFlight.firstKey();
            if (oldest.equals(inFlight.lastKey())) {
                settle(readOrder(oldest));
            } else {
                for (var status : expected) {
                    look(status, oldest);
                }
            }
        } catch (NoSuchElementException nothingInFlight) {
            // The next look may find some.
        }
    }

    /** Lists come newest first: what is older than the oldest in flight has been seen. */
    private void look(Status status, UUID oldest) throws InterruptedException {
        String cursor = null;
        do {
            var page = readList(status, cursor);
            page.items().forEach(this::settle);
            var last = page.items().isEmpty() ? oldest : page.items().getLast().id();
            cursor = byTime(last, oldest) > 0 ? page.next() : null;
        } while (cursor != null);
    }

    private void settle(Order order) {
        var awaited = inFlight.get(order.id());
        if (awaited != null && awaited.isEnd(order.status())) {
            inFlight.remove(order.id());
            awaited.outcome().complete(new Outcome(order.status(), System.nanoTime()));
        }
    }

    /** UUIDv7 are in the order of their time as unsigned numbers, which {@link UUID#compareTo} does not know. */
    private static int byTime(UUID one, UUID other) {
        var high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    record Reads(long lists, long orders) {
        Reads minus(Reads before) {
            return new Reads(lists - before.lists, orders - before.orders);
        }
    }
}
