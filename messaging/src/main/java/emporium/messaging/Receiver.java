package emporium.messaging;

import emporium.messaging.Transport.Delivery;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes whatever has arrived for one consumer, up to a cap, and handles it in one transaction: inbox, handler, outbox,
 * commit; then acknowledges. When a batch fails, its messages are tried one by one, so that a bad one harms only
 * itself: it comes again after a back-off and is parked in the end. When the database is away, the receiver waits
 * with its batch in hand. While a batch takes long, a second thread handles what arrives after it.
 */
final class Receiver {

    private static final Logger LOG = Logger.getLogger(Receiver.class);
    private static final Duration LONGEST_OUTAGE_WAIT = Duration.ofSeconds(2);

    /** No batch takes so long by itself, only with a handler that hangs or waits for something. */
    private static final Duration LONG = Duration.ofSeconds(2);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Endpoint endpoint;
    private final Endpoint.Subscription subscription;
    private final String consumer;
    private final MessagingConfig config;
    private final Tracing tracing;
    private final ConsumerMeters meters;
    private final Inbox inbox;
    private final Outbox outbox;
    private final OutboxTable sent;
    private final OutboxRelay relay;
    private final Parking parking;
    private final KeepAlive keepAlive;
    private final BlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();
    private final Map<String, Delivery> inHand = new ConcurrentHashMap<>();
    private volatile boolean busy;
    private volatile long busySince;
    private volatile boolean stopping;

    Receiver(
            Endpoint endpoint,
            Endpoint.Subscription subscription,
            Setting setting,
            EndpointTables tables,
            KeepAlive keepAlive) {
        this.endpoint = endpoint;
        this.subscription = subscription;
        this.consumer = consumer(subscription);
        this.config = setting.config();
        this.tracing = setting.tracing();
        this.meters = ConsumerMeters.of(setting.meters(), endpoint.name(), consumer);
        this.inbox = tables.inbox();
        this.outbox = tables.outbox();
        this.sent = tables.sent();
        this.relay = tables.relay();
        this.parking = tables.parking();
        this.keepAlive = keepAlive;
    }

    /** The name of a subscription within its endpoint, as the inbox knows it. */
    static String consumer(Endpoint.Subscription subscription) {
        return switch (subscription.kind()) {
            case COMMAND -> "commands";
            case REPLY -> "replies";
            case EVENT -> "events-" + subscription.owner();
        };
    }

    String durable() {
        return endpoint.name() + "-" + consumer;
    }

    /** What the transport delivers to. What comes again while it still waits here, as in an outage, is not taken twice. */
    void arrive(Delivery delivery) {
        if (inHand.putIfAbsent(delivery.place(), delivery) == null) {
            arrived.add(delivery);
        }
    }

    /** Handles messages until told to stop; then gives back those it has not begun. */
    void run() {
        // Also what only waits is prolonged: in an outage it would come again and again, and be counted as failing.
        try (var _ = keepAlive.watch(inHand.values())) {
            var standIn = Thread.ofVirtual().name(durable() + "-stand-in").start(() -> repeat(this::standIn));
            repeat(() -> receiveOnce(TICK));
            standIn.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        arrived.forEach(delivery -> delivery.retryIn(Duration.ZERO));
    }

    private void repeat(Step step) {
        while (!stopping) {
            try {
                step.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                // Nothing of the kind is expected; but a worker that ends would be missed by nobody.
                LOG.errorf(e, "%s goes on after an error of its own", durable());
            }
        }
    }

    private interface Step {
        void take() throws InterruptedException;
    }

    private void standIn() throws InterruptedException {
        if (!isOverdue()) {
            Thread.sleep(TICK);
            return;
        }
        var first = arrived.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            handleFrom(first);
        }
    }

    private boolean isOverdue() {
        return busy && System.nanoTime() - busySince > LONG.toNanos();
    }

    void stop() {
        stopping = true;
    }

    /** Waits for a first message, takes all that are there, handles them; returns how many. Never throws for a message. */
    int receiveOnce(Duration wait) throws InterruptedException {
        var first = arrived.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return 0;
        }
        busySince = System.nanoTime();
        busy = true;
        try {
            return handleFrom(first);
        } finally {
            busy = false;
        }
    }

    private int handleFrom(Delivery first) throws InterruptedException {
        var batch = new ArrayList<Delivery>(List.of(first));
        arrived.drainTo(batch, config.batch() - 1);
        var began = System.nanoTime();
        try {
            handle(batch);
        } finally {
            meters.batch().record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            batch.forEach(delivery -> inHand.remove(delivery.place()));
        }
        return batch.size();
    }

    private void handle(List<Delivery> batch) throws InterruptedException {
        var failure = tryUntilDatabaseIsThere(batch);
        if (failure == null) {
            batch.forEach(Delivery::ack);
        } else if (stopping && Failures.isOutage(failure)) {
            batch.forEach(delivery -> delivery.retryIn(Duration.ZERO));
        } else if (batch.size() > 1) {
            LOG.debugf(failure, "%s: a batch of %d failed, its messages are tried alone", durable(), batch.size());
            for (var delivery : batch) {
                handle(List.of(delivery));
            }
        } else {
            // So that what the log says of it has its ids.
            MessageContext.of(parking.readable(batch.getFirst())).run(() -> failed(batch.getFirst(), failure));
        }
    }

    /** One attempt, repeated while the database is away; returns why it failed, or null. */
    private Throwable tryUntilDatabaseIsThere(List<Delivery> batch) throws InterruptedException {
        for (var outages = 1; ; outages++) {
            try {
                attempt(batch);
                return null;
            } catch (Throwable failure) { // also errors: a handler that exhausts memory must not end the receiver
                if (!Failures.isOutage(failure) || stopping) {
                    return failure;
                }
                if (outages == 1) {
                    LOG.warnf("%s waits for the database: %s", durable(), Failures.reason(failure));
                }
                Thread.sleep(Failures.backoff(outages, Duration.ofMillis(50), LONGEST_OUTAGE_WAIT));
            }
        }
    }

    private void attempt(List<Delivery> batch) {
        var messages = decode(batch);
        var decoded = messages.size();
        messages.values().removeIf(message -> !endpoint.matters(subscription, message.body()));
        meters.ignored().increment(decoded - messages.size());
        if (messages.isEmpty()) {
            return;
        }
        tracing.handle(durable(), messages, this::handleAll);
    }

    private void handleAll(Map<UUID, Received<Object>> messages) {
        Done done;
        try {
            done = handleInTransaction(messages, inbox::claimUnseen);
        } catch (Inbox.SeenBefore e) {
            done = handleInTransaction(messages, inbox::claim);
        }
        relay.publishAgain(done.answeredBefore());
        meters.handled().increment(done.fresh());
        meters.repeated().increment(messages.size() - done.fresh());
    }

    private Done handleInTransaction(Map<UUID, Received<Object>> messages, Claim claim) {
        return QuarkusTransaction.requiringNew()
                .timeout((int) config.transactionTimeout().toSeconds())
                .call(() -> {
                    var claimed = claim.of(consumer, messages.keySet(), answers() ? outbox.bundle() : null);
                    var fresh = messages.values().stream()
                            .filter(message ->
                                    claimed.contains(message.envelope().id()))
                            .toList();
                    if (!fresh.isEmpty()) {
                        answer(fresh, subscription.handler().handle(fresh));
                    }
                    var repeated = fresh.size() < messages.size();
                    return new Done(fresh.size(), repeated ? storedReplies(messages, claimed) : List.of());
                });
    }

    /** How messages are told from repetitions. */
    private interface Claim {
        Set<UUID> of(String consumer, Set<UUID> ids, UUID bundle);
    }

    private boolean answers() {
        return subscription.kind() == Endpoint.Kind.COMMAND;
    }

    private void answer(List<Received<Object>> commands, List<?> replies) {
        if (!answers()) {
            return;
        }
        for (var i = 0; i < commands.size(); i++) {
            var command = commands.get(i);
            var reply = replies.get(i);
            if (reply == null) {
                throw new IllegalStateException(
                        "the handler of " + command.envelope().type() + " returned no reply");
            }
            outbox.reply(command.envelope(), reply);
        }
    }

    private List<OutboxRow> storedReplies(Map<UUID, Received<Object>> messages, Set<UUID> claimed) throws Exception {
        if (!answers()) {
            return List.of();
        }
        var repeated =
                messages.keySet().stream().filter(id -> !claimed.contains(id)).toList();
        return sent.findReplies(consumer, repeated);
    }

    private Map<UUID, Received<Object>> decode(List<Delivery> batch) {
        var messages = new LinkedHashMap<UUID, Received<Object>>();
        for (var delivery : batch) {
            var envelope = Headers.read(delivery.headers());
            messages.putIfAbsent(envelope.id(), new Received<>(body(envelope, delivery), envelope));
        }
        return messages;
    }

    private Object body(Envelope envelope, Delivery delivery) {
        return Codec.read(delivery.body(), endpoint.wire().typeOf(envelope.type()));
    }

    private void failed(Delivery delivery, Throwable failure) {
        if (delivery.attempt() < config.maxAttempts()) {
            var wait = Failures.backoff(delivery.attempt(), config.retryBackoff(), config.maxRetryBackoff());
            LOG.warnf(
                    "%s: attempt %d of message %s failed and is repeated in %d ms: %s",
                    durable(), delivery.attempt(), delivery.place(), wait.toMillis(), Failures.reason(failure));
            delivery.retryIn(wait);
            meters.retried().increment();
            return;
        }
        try {
            parking.park(consumer, delivery, failure);
            delivery.ack();
            meters.parked().increment();
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s: message %s could not be parked and comes again", durable(), delivery.place());
            delivery.retryIn(config.maxRetryBackoff());
        }
    }

    /**
     * What a transaction has done.
     *
     * @param fresh messages not handled before
     * @param answeredBefore the stored replies to the others
     */
    private record Done(int fresh, List<OutboxRow> answeredBefore) {}
}
