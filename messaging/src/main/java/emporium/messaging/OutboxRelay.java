package emporium.messaging;

import emporium.messaging.Transport.Stored;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Brings one endpoint's outbox to the broker. Right after a commit its messages are published from memory; what the
 * broker has acknowledged is forgotten by the next transaction that writes messages anyway. Whatever stays behind, by
 * a crash, an outage or too many in flight, is swept up: oldest first, by any replica, each message held by one
 * sweeper at a time.
 */
final class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int MOST_IN_FLIGHT = 4_000;
    private static final int SWEEP = 200;
    private static final int FORGET_AT_ONCE = 2_000;
    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(12);

    private final Setting setting;
    private final OutboxTable table;
    private final BrokerMemory memory;
    private final Transport transport;
    private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
    private final ConcurrentLinkedQueue<Long> published = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> lastSequences = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> behindSince = new AtomicReference<>();
    private volatile Instant sweptAt = Instant.MIN;

    OutboxRelay(Setting setting, OutboxTable table, BrokerMemory memory, Transport transport) {
        this.setting = setting;
        this.table = table;
        this.memory = memory;
        this.transport = transport;
    }

    /** Publishes a committed bundle without waiting for the acknowledgements; what fails is left to the sweeper. */
    void publish(List<OutboxRow> messages, long position) {
        if (messages.isEmpty()) {
            return;
        }
        var packs = packs(messages);
        if (!inFlight.tryAcquire(packs.size())) {
            fallBehind();
            return;
        }
        var bundle = new UnderWay(position, packs.size());
        for (var pack : packs) {
            send(pack.outgoing()).whenComplete((stored, failure) -> settle(bundle, stored, failure));
        }
    }

    /** Publishes answers given before once more; nothing is kept of it. */
    void publishAgain(List<OutboxRow> answers) {
        for (var pack : packs(answers)) {
            send(pack.again()).whenComplete((stored, failure) -> {
                if (failure != null) {
                    LOG.debug("repeated answers were not published", failure);
                }
            });
        }
    }

    /** The positions to delete with the next write. */
    List<Long> takePublished() {
        var taken = new ArrayList<Long>();
        for (Long position; taken.size() < FORGET_AT_ONCE && (position = published.poll()) != null; ) {
            taken.add(position);
        }
        return taken;
    }

    /** Gives back what {@link #takePublished} gave, after a rollback. */
    void putBack(Collection<Long> positions) {
        published.addAll(positions);
    }

    /** Sweeps when something is known to be left here, or when it is time to look after the other replicas. */
    int sweepIfDue() {
        var behind = behindSince.get();
        if (behind != null && transport.connected()) {
            return sweepBehind(behind);
        }
        // A clock that was set back is no reason to wait until it is again what it was.
        var now = setting.clock().instant();
        if (now.isBefore(sweptAt.plus(setting.config().sweepInterval())) && !now.isBefore(sweptAt)) {
            return 0;
        }
        return andSoOn(sweepOnce(setting.config().sweepAge()));
    }

    /** Publishes the oldest messages left behind, waits for the acknowledgements, forgets them. Returns how many were found. */
    int sweepOnce(Duration olderThan) {
        sweptAt = setting.clock().instant();
        return QuarkusTransaction.requiringNew()
                .timeout((int) setting.config().transactionTimeout().toSeconds())
                .call(() -> sweepInTransaction(olderThan));
    }

    /** Waits until all publications have been answered. */
    boolean drain(Duration within) throws InterruptedException {
        if (!inFlight.tryAcquire(MOST_IN_FLIGHT, within.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        inFlight.release(MOST_IN_FLIGHT);
        return true;
    }

    /** Since when messages are waiting that should have been published; null when none are. */
    Instant behindSince() {
        return behindSince.get();
    }

    /** Says that there is something to sweep now. */
    void fallBehind() {
        behindSince.compareAndSet(null, setting.clock().instant());
    }

    /** Of each stream, the last position that the broker has acknowledged to this process. */
    Map<String, Long> lastSequences() {
        return Map.copyOf(lastSequences);
    }

    /** Begins counting anew, after the broker was found to have forgotten. */
    void forgetSequences() {
        lastSequences.clear();
    }

    private int sweepBehind(Instant behind) {
        // Cleared first: what fails while we sweep must be seen again.
        behindSince.compareAndSet(behind, null);
        try {
            return andSoOn(sweepOnce(Duration.ZERO));
        } catch (RuntimeException e) {
            fallBehind();
            throw e;
        }
    }

    /** Where so many were found, there are more, and they do not wait for the next time to look. */
    private int andSoOn(int found) {
        if (found == SWEEP) {
            fallBehind();
        }
        return found;
    }

    private int sweepInTransaction(Duration olderThan) {
        try {
            var left = takePublished();
            if (!left.isEmpty()) {
                table.forget(left);
            }
            memory.remember(lastSequences);
            var claimed = table.claim(SWEEP, olderThan);
            if (!claimed.isEmpty()) {
                table.forget(publishAndWait(claimed));
            }
            return claimed.size();
        } catch (SQLException e) {
            throw new DatabaseFailure("sweeping the outbox", e);
        }
    }

    /**
     * Returns the positions of the bundles of which every message was acknowledged. Bundles are packed together: what an
     * outage has left behind are many small ones.
     */
    private Collection<Long> publishAndWait(Map<Long, List<OutboxRow>> claimed) {
        var answers = new LinkedHashMap<Pack, CompletableFuture<Stored>>();
        packs(claimed.values().stream().flatMap(List::stream).toList())
                .forEach(pack -> answers.put(pack, send(pack.outgoing())));
        var refused = Collections.newSetFromMap(new IdentityHashMap<OutboxRow, Boolean>());
        answers.forEach((pack, answer) -> {
            if (!isAcknowledged(answer)) {
                refused.addAll(pack.messages());
                fallBehind();
            }
        });
        return claimed.entrySet().stream()
                .filter(bundle -> bundle.getValue().stream().noneMatch(refused::contains))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isAcknowledged(CompletableFuture<Stored> answer) {
        try {
            note(answer.get(ACK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
            return true;
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            LOG.debug("a message was not acknowledged", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private List<Pack> packs(List<OutboxRow> messages) {
        return Pack.of(messages, setting.config().pack());
    }

    private CompletableFuture<Stored> send(Transport.Outgoing message) {
        try {
            return transport.publish(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void settle(UnderWay bundle, Stored stored, Throwable failure) {
        inFlight.release();
        if (failure == null) {
            note(stored);
            if (bundle.unanswered.decrementAndGet() == 0) {
                published.add(bundle.position);
            }
        } else {
            LOG.debugf(failure, "a pack of the bundle at %d was not acknowledged", bundle.position);
            fallBehind();
        }
    }

    private void note(Stored stored) {
        lastSequences.merge(stored.stream(), stored.sequence(), Math::max);
    }

    /** A bundle whose acknowledgements are awaited; one that is refused one never comes to its end. */
    private static final class UnderWay {

        private final long position;
        private final AtomicInteger unanswered;

        private UnderWay(long position, int packs) {
            this.position = position;
            this.unanswered = new AtomicInteger(packs);
        }
    }
}
