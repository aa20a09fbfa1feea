package emporium.messaging;

import emporium.messaging.Transport.ConsumerSpec;
import emporium.messaging.Transport.Consumption;
import emporium.messaging.Transport.Outgoing;
import emporium.messaging.Transport.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** An endpoint at work: its tables, its relay, its receivers with their threads. */
final class RunningEndpoint {

    private static final Logger LOG = Logger.getLogger(RunningEndpoint.class);

    private final Endpoint endpoint;
    private final Setting setting;
    private final EndpointTables tables;
    private final List<Receiver> receivers = new ArrayList<>();
    private final List<Consumption> consumptions = new ArrayList<>();
    private final List<Thread> workers = new ArrayList<>();
    private final Backlog backlog;
    private int begun;
    private boolean answering;

    RunningEndpoint(Endpoint endpoint, Setting setting, EndpointTables tables) {
        this.endpoint = endpoint;
        this.setting = setting;
        this.tables = tables;
        this.backlog = new Backlog(endpoint.name(), setting);
    }

    String name() {
        return endpoint.name();
    }

    Backlog backlog() {
        return backlog;
    }

    OutboxRelay relay() {
        return tables.relay();
    }

    void migrate() {
        Migrations.migrate(setting.database(), endpoint);
        maintainPartitions();
        endpoint.checks().forEach(Runnable::run);
    }

    void maintainPartitions() {
        var partitions = new TablePartitions(setting.database(), endpoint.name());
        var now = setting.clock().instant();
        partitions.maintain("inbox", now, setting.config().inboxRetention());
        partitions.maintain("outbox", now, setting.config().outboxRetention());
    }

    /** How far the streams are known to have come, as a question to be followed by {@link #checkBroker}. */
    Map<String, Long> recallBroker() {
        return tables.memory().recall(tables.relay());
    }

    /** Looks whether the broker still has what it had acknowledged before it was asked. */
    void checkBroker(List<Transport.StreamState> streams, Map<String, Long> before) {
        tables.memory().check(streams, before, tables.relay());
    }

    void consume(Transport transport, KeepAlive keepAlive) {
        // Begun ones are skipped: start-up comes here again when the broker goes away in the middle.
        for (var subscription :
                endpoint.subscriptions().subList(begun, endpoint.subscriptions().size())) {
            for (var worker = 0; worker < setting.config().workers(); worker++) {
                begin(subscription, transport, keepAlive);
            }
            begun++;
        }
        if (!endpoint.queries().isEmpty() && !answering) {
            answering = true;
            transport.answer(Subjects.query(name()), name(), this::answer);
        }
    }

    void stopConsuming() {
        consumptions.forEach(Consumption::close);
        receivers.forEach(Receiver::stop);
    }

    /** Waits for the work in hand and for the acknowledgements of what it has sent. */
    void drain(Duration within) throws InterruptedException {
        for (var worker : workers) {
            worker.join(within);
        }
        if (!tables.relay().drain(within)) {
            LOG.warnf("%s stops with unacknowledged publications; the next start sends them again", name());
        }
    }

    /** Handles a parked message in the caller's transaction, unless another delivery of it was handled meanwhile. */
    void handleParked(String consumer, Envelope envelope, byte[] body) {
        var subscription = endpoint.subscriptions().stream()
                .filter(candidate -> Receiver.consumer(candidate).equals(consumer))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name() + " has no consumer " + consumer + " any more"));
        // Older than the inbox remembers, it cannot come again from the broker either.
        var horizon = setting.clock().instant().minus(setting.config().inboxRetention());
        var isNew = MessageIds.timeOf(envelope.id()).isBefore(horizon)
                || !tables.inbox()
                        .claim(consumer, List.of(envelope.id()), tables.outbox().bundle())
                        .isEmpty();
        if (isNew) {
            var message = new Received<Object>(Codec.read(body, endpoint.wire().typeOf(envelope.type())), envelope);
            var replies = subscription.handler().handle(List.of(message));
            if (subscription.kind() == Endpoint.Kind.COMMAND) {
                tables.outbox().reply(envelope, replies.getFirst());
            }
        }
    }

    private void begin(Endpoint.Subscription subscription, Transport transport, KeepAlive keepAlive) {
        var receiver = new Receiver(endpoint, subscription, setting, tables, keepAlive);
        var config = setting.config();
        var spec = new ConsumerSpec(
                Subjects.stream(subscription.kind()),
                receiver.durable(),
                Subjects.filter(subscription.kind(), subscription.owner()),
                config.ackWait(),
                config.maxAckPending());
        var consumption = transport.consume(spec, receiver::arrive);
        consumptions.add(consumption);
        backlog.watch(Receiver.consumer(subscription), consumption);
        receivers.add(receiver);
        workers.add(Thread.ofVirtual().name(receiver.durable()).start(receiver::run));
    }

    private Outgoing answer(Request question) {
        try {
            var type = endpoint.wire().typeOf(question.headers().get(Headers.TYPE));
            var query = Codec.read(question.body(), type);
            var handler = endpoint.queries().entrySet().stream()
                    .filter(entry -> entry.getKey().isInstance(query))
                    .findFirst()
                    .orElseThrow(() -> new UndecodableMessage(name() + " answers no " + type.getSimpleName()));
            var answer = handler.getValue().apply(query);
            return new Outgoing(null, null, Map.of(Headers.TYPE, endpoint.wire().nameOf(answer)), Codec.write(answer));
        } catch (RuntimeException e) {
            LOG.warnf(e, "%s could not answer a query", name());
            return new Outgoing(null, null, Map.of(Headers.ERROR, Failures.reason(e)), new byte[0]);
        }
    }
}
