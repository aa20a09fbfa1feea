package emporium.messaging;

import emporium.messaging.Transport.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells the broker that batches in work are still in work, so that slow ones are not delivered to somebody else. */
final class KeepAlive implements AutoCloseable {

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("messaging-keep-alive").factory());

    KeepAlive(Duration ackWait) {
        var period = ackWait.toMillis() / 3;
        timer.scheduleAtFixedRate(() -> watches.forEach(Watch::prolong), period, period, TimeUnit.MILLISECONDS);
    }

    /** Prolongs the messages until the watch is closed; acknowledged ones are not harmed by it. */
    Watch watch(List<Delivery> batch) {
        var watch = new Watch(batch);
        watches.add(watch);
        return watch;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    final class Watch implements AutoCloseable {

        private final List<Delivery> batch;

        private Watch(List<Delivery> batch) {
            this.batch = batch;
        }

        private void prolong() {
            batch.forEach(Delivery::inProgress);
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }
}
