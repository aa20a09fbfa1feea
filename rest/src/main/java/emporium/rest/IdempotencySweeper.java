package emporium.rest;

import emporium.messaging.Endpoint;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Forgets idempotency keys after a day, in steps so small that no request waits for them. */
@Singleton
class IdempotencySweeper {

    private static final Logger LOG = Logger.getLogger(IdempotencySweeper.class);
    private static final int MINUTES_BETWEEN_SWEEPS = 10;

    private final IdempotencyKeys keys;
    private final Instance<Endpoint> endpoints;
    private final CountDownLatch stop = new CountDownLatch(1);

    IdempotencySweeper(IdempotencyKeys keys, @Any Instance<Endpoint> endpoints) {
        this.keys = keys;
        this.endpoints = endpoints;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("idempotency-sweeper").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stop.countDown();
    }

    private void run() {
        try {
            while (!stop.await(MINUTES_BETWEEN_SWEEPS, TimeUnit.MINUTES)) {
                sweepOrSay();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweepOrSay() {
        try {
            sweep();
        } catch (RuntimeException e) {
            LOG.warnf(
                    "Old idempotency keys were not removed, next attempt in %d minutes: %s", MINUTES_BETWEEN_SWEEPS, e);
        }
    }

    /** Removes all that is too old in the schemas of this process and returns how many keys that were. */
    int sweep() {
        var swept = 0;
        for (var endpoint : endpoints) {
            if (keys.usedBy(endpoint.name())) {
                swept += sweep(endpoint.name());
            }
        }
        return swept;
    }

    private int sweep(String schema) {
        var swept = 0;
        int step;
        do {
            step = keys.sweepOnce(schema);
            swept += step;
        } while (step == IdempotencyKeys.SWEPT_AT_ONCE);
        return swept;
    }
}
