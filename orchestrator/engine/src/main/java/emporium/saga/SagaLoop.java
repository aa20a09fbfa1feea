package emporium.saga;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Repeats what nobody calls for: {@link SagaRunner#wakeOnce()}, the gauges, and the partitions of archive and history.
 * One for each runner and replica; an outage is waited for.
 */
public final class SagaLoop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SagaLoop.class);
    /** What falls due shortly after another is done together with it; this late a deadline may be noticed. */
    private static final Duration GATHERING = Duration.ofMillis(250);

    private static final Duration GAUGES = Duration.ofSeconds(5);
    private static final Duration PARTITIONS = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SagaRunner runner;
    private final SagaTables tables;
    private final InstantSource clock;
    private final Duration interval;
    private final Duration retention;
    private Instant gaugesAt = Instant.MIN;
    private Instant partitionsAt = Instant.MIN;
    private boolean failing;
    private volatile boolean running;
    private Thread thread;

    /**
     * @param interval how often to look although nothing is known to be due: how late a deadline may be noticed that
     *     another replica has set and, being dead by now, does not see to
     * @param retention how long archive and history keep finished sagas
     */
    public SagaLoop(SagaRunner runner, SagaTables tables, InstantSource clock, Duration interval, Duration retention) {
        this.runner = runner;
        this.tables = tables;
        this.clock = clock;
        this.interval = interval;
        this.retention = retention;
    }

    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("sagas").start(this::run);
    }

    /** Waits for the batch in hand. */
    @Override
    public void close() {
        running = false;
        runner.alarm().off();
        if (thread == null) {
            return;
        }
        try {
            // It is not interrupted at once: that would break off a transaction for nothing.
            if (!thread.join(PATIENCE)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does all that is due now; returns how many sagas were looked at. */
    int once() {
        keepPartitions();
        var woken = runner.isSomethingDue() ? wakeAll() : 0;
        showGauges();
        return woken;
    }

    private int wakeAll() {
        var woken = 0;
        int batch;
        do {
            batch = QuarkusTransaction.requiringNew().call(runner::wakeOnce);
            woken += batch;
        } while (batch == SagaRunner.mostWoken());
        return woken;
    }

    private void run() {
        while (running) {
            try {
                onceOrLater();
                Thread.sleep(GATHERING);
                runner.alarm().sleep(clock.instant(), interval, () -> running);
            } catch (InterruptedException e) {
                LOG.debug("the loop ends");
            }
        }
    }

    private void onceOrLater() {
        try {
            once();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warnf("deadlines of sagas are looked at again later: %s", e.getMessage());
            }
            LOG.debug("deadlines of sagas", e);
            failing = true;
        }
    }

    private void keepPartitions() {
        if (isTime(partitionsAt, PARTITIONS)) {
            new SagaPartitions(tables).maintain(clock.instant(), retention);
            partitionsAt = clock.instant();
        }
    }

    private void showGauges() {
        if (isTime(gaugesAt, GAUGES)) {
            runner.showGauges(new SagaQueries(tables));
            gaugesAt = clock.instant();
        }
    }

    private boolean isTime(Instant last, Duration every) {
        return last.equals(Instant.MIN) || !clock.instant().isBefore(last.plus(every));
    }
}
