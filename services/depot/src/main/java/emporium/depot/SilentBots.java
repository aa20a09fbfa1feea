package emporium.depot;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Takes the lists of bots that have fallen silent. Any number of replicas may do so at once. */
@Singleton
class SilentBots {

    private static final Logger LOG = Logger.getLogger(SilentBots.class);
    private static final int BATCH = 100;

    private final Errands errands;
    private final InstantSource clock;
    private final Duration limit;
    private final Duration interval;
    private final CountDownLatch stop = new CountDownLatch(1);

    SilentBots(
            Errands errands,
            InstantSource clock,
            @ConfigProperty(name = "emporium.depot.silence-limit", defaultValue = "30s") Duration limit,
            @ConfigProperty(name = "emporium.depot.silence-interval", defaultValue = "2s") Duration interval) {
        this.errands = errands;
        this.clock = clock;
        this.limit = limit;
        this.interval = interval;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("silent-bots").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stop.countDown();
    }

    boolean isSilent(Instant heardAt) {
        return heardAt.isBefore(silentSince());
    }

    /** Takes one batch of lists away in a transaction of its own and returns how many. */
    int sweepOnce() {
        return QuarkusTransaction.requiringNew().call(() -> errands.takeFromUnheardSince(silentSince(), BATCH));
    }

    private Instant silentSince() {
        return clock.instant().minus(limit);
    }

    private void run() {
        try {
            // While no depot ran no bot could be heard: each has the whole time to say so first.
            var pause = limit;
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep();
                pause = interval;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            int taken;
            do {
                taken = sweepOnce();
                if (taken > 0) {
                    LOG.infof("%d shopping lists of silent bots are offered again", taken);
                }
            } while (taken == BATCH);
        } catch (RuntimeException e) {
            LOG.warnf("Silent bots were not looked for, next attempt in %s: %s", interval, e);
        }
    }
}
