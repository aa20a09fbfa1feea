package emporium.messaging;

import emporium.messaging.Replays.ReplayFailed;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.ErrorListener;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Messages over NATS JetStream by one connection, which reconnects without end. After the broker's return, or when a
 * stream or consumer has vanished, everything is prepared and consumed anew: an outstanding pull dies with the server
 * and would be missed only after several heartbeats.
 */
final class JetStreamTransport implements Transport {

    private static final Logger LOG = Logger.getLogger(JetStreamTransport.class);
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(100);
    private static final Duration RECOVERY_WAIT = Duration.ofMillis(250);

    private final NatsConfig config;
    private final String name;
    private final JetStreamTopology topology;
    private final List<JetStreamConsumption> consumptions = new CopyOnWriteArrayList<>();
    private final List<Runnable> returnActions = new CopyOnWriteArrayList<>();
    private final ExecutorService recovery = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("messaging-recovery").factory());
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean recovering = new AtomicBoolean();
    private final AtomicBoolean recoveryWanted = new AtomicBoolean();
    /** By kind of subject, the last position acknowledged: what is sent after that comes to a higher one. */
    private final Map<String, Long> reached = new ConcurrentHashMap<>();
    /** When each stream was made. */
    private volatile Map<String, Instant> births = Map.of();

    private volatile Connection connection;
    private volatile JetStream jetStream;
    private volatile boolean closed;

    JetStreamTransport(NatsConfig config, String name) {
        this.config = config;
        this.name = name;
        this.topology = new JetStreamTopology(config);
    }

    @Override
    public List<StreamState> prepare() {
        try {
            connect();
            var before = births;
            var states = prepareStreams();
            if (!before.isEmpty() && !before.equals(births)) {
                recover(); // with a stream its consumers were lost
            }
            return states;
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new BrokerUnavailable("NATS at " + config.servers() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailable("interrupted while connecting to NATS", e);
        }
    }

    @Override
    public CompletableFuture<Stored> publish(Outgoing message) {
        var stream = jetStream;
        if (stream == null || !connected()) {
            return CompletableFuture.failedFuture(new BrokerUnavailable("NATS is not connected", null));
        }
        var kind = Subjects.kind(message.subject());
        var before = reached.getOrDefault(kind, 0L);
        return stream.publishAsync(message(message)).handle((ack, failure) -> {
            if (failure != null) {
                if (nobodyStores(failure)) {
                    recover();
                }
                throw new BrokerUnavailable("a publication was not acknowledged: " + failure.getMessage(), failure);
            }
            if (ack.isDuplicate() || ack.getSeqno() > before) {
                reached.merge(kind, ack.getSeqno(), Math::max);
            } else {
                reached.remove(kind);
                recover(); // another process has made the stream anew
            }
            return new Stored(ack.getStream(), ack.getSeqno());
        });
    }

    @Override
    public Consumption consume(ConsumerSpec spec, Consumer<Delivery> sink) {
        var consumption = new JetStreamConsumption(topology, spec, sink);
        try {
            restart(consumption);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new BrokerUnavailable("consuming " + spec.durable() + ": " + e.getMessage(), e);
        }
        consumptions.add(consumption);
        return consumption;
    }

    @Override
    public void replay(String stream, String filter, int batch, Consumer<List<Kept>> sink) {
        if (!connected()) {
            throw new ReplayFailed("NATS is not connected", null);
        }
        new JetStreamReplay(connection, stream, filter).run(batch, sink);
    }

    @Override
    public void answer(String subject, String group, Function<Request, Outgoing> answerer) {
        // Each question on a thread of its own: the dispatcher must not wait for a database.
        connection
                .createDispatcher()
                .subscribe(
                        subject,
                        group,
                        question -> Thread.startVirtualThread(() -> {
                            var answer =
                                    answerer.apply(new Request(JetStreamHeaders.read(question), question.getData()));
                            connection.publish(NatsMessage.builder()
                                    .subject(question.getReplyTo())
                                    .headers(JetStreamHeaders.write(answer.headers()))
                                    .data(answer.body())
                                    .build());
                        }));
    }

    @Override
    public Request request(Outgoing question, Duration within) {
        try {
            if (!connected()) {
                throw new QueryFailed("NATS is not connected", null);
            }
            var answer = connection.request(message(question), within);
            if (answer == null) {
                throw new QueryFailed("no answer on " + question.subject() + " within " + within, null);
            }
            if (answer.isStatusMessage()) {
                throw new QueryFailed("nobody answers on " + question.subject(), null);
            }
            return new Request(JetStreamHeaders.read(answer), answer.getData());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryFailed("interrupted while asking " + question.subject(), e);
        }
    }

    @Override
    public boolean connected() {
        var present = connection;
        return present != null && present.getStatus() == Connection.Status.CONNECTED;
    }

    @Override
    public void onReturn(Runnable action) {
        returnActions.add(action);
    }

    @Override
    public void close() {
        closed = true;
        recovery.shutdownNow();
        consumptions.forEach(JetStreamConsumption::close);
        try {
            if (connection != null) {
                connection.flush(Duration.ofSeconds(1));
                connection.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | IllegalStateException e) {
            LOG.debug("the connection was closed unflushed", e);
        }
    }

    private List<StreamState> prepareStreams() throws IOException, JetStreamApiException {
        var states = topology.prepareStreams(connection);
        births = states.stream().collect(Collectors.toMap(StreamState::stream, StreamState::created));
        return states;
    }

    private synchronized void connect() throws IOException, InterruptedException {
        if (connection != null) {
            return;
        }
        var options = Options.builder()
                .servers(config.servers().split(","))
                .connectionName(name)
                .maxReconnects(-1)
                .reconnectWait(RECONNECT_WAIT)
                .reconnectJitter(RECONNECT_WAIT)
                .reconnectBufferSize(0) // what cannot be published now is in the outbox, not in memory
                .pingInterval(Duration.ofSeconds(4)) // two lost in a row: the server is dead or paused
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .connectionListener((source, event) -> connectionChanged(event))
                .errorListener(new Troubles());
        if (config.username().isPresent()) {
            options.userInfo(
                    config.username().get().toCharArray(),
                    config.password().orElse("").toCharArray());
        }
        connection = Nats.connect(options.build());
        jetStream = connection.jetStream();
    }

    private void connectionChanged(Events event) {
        switch (event) {
            case DISCONNECTED -> {
                if (!away.getAndSet(true)) {
                    LOG.warnf("NATS at %s is away; reconnecting", config.servers());
                }
            }
            case RESUBSCRIBED -> recover();
            default -> LOG.debugf("NATS connection: %s", event);
        }
    }

    /**
     * Prepares and consumes everything anew, once for many causes, until it has worked. What is lost while that goes on
     * leads to another round: it may have been looked after before it was lost.
     */
    private void recover() {
        recoveryWanted.set(true);
        if (!closed && recovering.compareAndSet(false, true)) {
            recovery.execute(this::recoverUntilDone);
        }
    }

    private void recoverUntilDone() {
        try {
            while (!closed && recoveryWanted.getAndSet(false)) {
                if (!tryRecover()) {
                    recoveryWanted.set(true);
                    Thread.sleep(RECOVERY_WAIT);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } finally {
            recovering.set(false);
        }
        if (recoveryWanted.get()) {
            recover(); // wanted between the last look and the end
        }
    }

    private boolean tryRecover() {
        if (!connected()) {
            return true; // the next resubscription calls again
        }
        try {
            prepareStreams();
            for (var consumption : consumptions) {
                restart(consumption);
            }
            if (away.getAndSet(false)) {
                LOG.info("NATS is back; consuming");
            }
            returnActions.forEach(Runnable::run);
            return true;
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.debug("recovery is tried again", e);
            return false;
        }
    }

    private void restart(JetStreamConsumption consumption) throws IOException, JetStreamApiException {
        var birth = births.get(consumption.stream());
        consumption.restart(connection, () -> !away.get() && birth.equals(births.get(consumption.stream())));
    }

    /** A stream that has vanished shows itself by nothing else. */
    private static boolean nobodyStores(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    && String.valueOf(cause.getMessage()).contains("503")) {
                return true;
            }
        }
        return false;
    }

    private static NatsMessage message(Outgoing message) {
        var headers = JetStreamHeaders.write(message.headers());
        if (message.dedupeId() != null) {
            headers.put("Nats-Msg-Id", message.dedupeId());
        }
        return NatsMessage.builder()
                .subject(message.subject())
                .headers(headers)
                .data(message.body())
                .build();
    }

    /** Consumers that vanish or fall silent are begun anew; the rest is for the log. */
    private final class Troubles implements ErrorListener {

        @Override
        public void errorOccurred(Connection source, String error) {
            LOG.warnf("NATS says: %s", error);
        }

        @Override
        public void exceptionOccurred(Connection source, Exception exception) {
            LOG.debug("NATS connection", exception);
        }

        @Override
        public void heartbeatAlarm(
                Connection source, JetStreamSubscription subscription, long lastStream, long lastConsumer) {
            recover();
        }

        @Override
        public void pullStatusError(Connection source, JetStreamSubscription subscription, Status status) {
            LOG.debugf("pull ended: %s", status);
            recover();
        }
    }
}
