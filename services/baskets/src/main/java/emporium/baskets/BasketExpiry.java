package emporium.baskets;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Ends baskets that nobody has touched for long. Any number of replicas may do so at once. */
@Singleton
class BasketExpiry {
    private static final Logger LOG = Logger.getLogger(BasketExpiry.class);
    private static final int BATCH = 100;

    private final Baskets baskets;
    private final OpenBaskets open;
    private final InstantSource clock;
    private final Duration after;
    private final Duration interval;
    private final CountDownLatch stop = new CountDownLatch(1);

    BasketExpiry(
            Baskets baskets,
            OpenBaskets open,
            InstantSource clock,
            @ConfigProperty(name = "emporium.baskets.expire-after", defaultValue = "24h") Duration after,
            @ConfigProperty(name = "emporium.baskets.expiry-interval", defaultValue = "1m") Duration interval) {
        this.baskets = baskets;
        this.open = open;
        this.clock = clock;
        this.after = after;
        this.interval = interval;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("basket-expiry").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stop.countDown();
    }

    /** Ends one batch of forgotten baskets in a transaction of its own and returns how many. */
    int sweepOnce() {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        baskets.expire(open.lockUntouchedSince(clock.instant().minus(after), BATCH)));
    }

    private void run() {
        try {
            while (!stop.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            while (sweepOnce() == BATCH) {
                LOG.debugf("%d forgotten baskets have expired, there may be more", BATCH);
            }
        } catch (RuntimeException e) {
            LOG.warnf("Forgotten baskets were not looked for, next attempt in %s: %s", interval, e);
        }
    }
}
