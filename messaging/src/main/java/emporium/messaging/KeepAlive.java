package emporium.messaging;

import emporium.messaging.Transport.Delivery;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells the broker that messages are in good hands, so that those of slow batches are not delivered to somebody else. */
final class KeepAlive implements AutoCloseable {

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("messaging-keep-alive").factory());

    KeepAlive(Duration ackWait) {
        var period = ackWait.toMillis() / 3;
        timer.scheduleAtFixedRate(() -> watches.forEach(Watch::prolong), period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * Prolongs the messages that are in this collection, which others may change meanwhile, until the watch is closed;
     * acknowledged ones are not harmed by it.
     */
    Watch watch(Collection<Delivery> inHand) {
        var watch = new Watch(inHand);
        watches.add(watch);
        return watch;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    final class Watch implements AutoCloseable {

        private final Collection<Delivery> inHand;

        private Watch(Collection<Delivery> inHand) {
            this.inHand = inHand;
        }

        private void prolong() {
            inHand.forEach(Delivery::inProgress);
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }
}
