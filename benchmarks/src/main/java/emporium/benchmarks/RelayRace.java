package emporium.benchmarks;

import emporium.benchmarks.WorkshopMessages.Parcel;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends as many messages of the same bytes to the same stream by the outbox, their transactions with it, and by the client
 * library alone; either way as fast as it goes, until the broker has them all. The outbox packs them, as it does.
 */
@Singleton
class RelayRace {

    private static final int MESSAGES = 20_000;
    private static final int IN_TRANSACTION = 100;
    private static final int SENDERS = 4;
    private static final int IN_FLIGHT = 4_000;
    private static final int ROUNDS = 5;
    private static final String STREAM = "EVENTS";
    private static final Set<String> IDS = Set.of("Message-Id", "Nats-Msg-Id");
    private static final String CONTENT = "x".repeat(100);

    private final Outbox outbox;
    private final MessageIds ids;
    private final String servers;

    RelayRace(
            @OwnedBy("sender") Outbox outbox,
            MessageIds ids,
            @ConfigProperty(name = "emporium.nats.servers") String servers) {
        this.outbox = outbox;
        this.ids = ids;
        this.servers = servers;
    }

    /** The middle one of several rounds, each way by turns, the first of which only warms up. */
    RelayResult run() throws Exception {
        try (var broker = Broker.at(servers)) {
            var connection = broker.connection();
            var relayed = new ArrayList<Double>();
            var raw = new ArrayList<Double>();
            var sample = sample(connection);
            for (var round = 0; round <= ROUNDS; round++) {
                relayed.add(relayed(connection));
                var before = last(connection);
                raw.add(perSecond(
                        () -> sendRaw(connection, sample.getSubject(), sample.getHeaders(), sample.getData()),
                        () -> last(connection) - before));
            }
            return new RelayResult(middle(relayed), middle(raw));
        }
    }

    private static double middle(List<Double> rounds) {
        return rounds.subList(1, rounds.size()).stream().sorted().toList().get(ROUNDS / 2);
    }

    /** Counted as they arrive; nobody listens while the client library is alone. */
    private double relayed(Connection connection) throws Exception {
        var arrived = new AtomicLong();
        var dispatcher = connection.createDispatcher(message -> arrived.addAndGet(messagesIn(message)));
        dispatcher.subscribe("evt.sender.>");
        connection.flush(Duration.ofSeconds(5));
        try {
            return perSecond(this::sendByOutbox, arrived::get);
        } finally {
            connection.closeDispatcher(dispatcher);
        }
    }

    /** One message that went through the outbox alone, and so is no pack. */
    private MessageInfo sample(Connection connection) throws Exception {
        var before = last(connection);
        QuarkusTransaction.requiringNew().run(this::publishOne);
        while (last(connection) == before) {
            Thread.sleep(2);
        }
        return connection.jetStreamManagement().getMessage(STREAM, last(connection));
    }

    /** Those of one transaction for one subject travel as one, which says how many they are. */
    private static long messagesIn(Message message) {
        var pack = message.hasHeaders() ? message.getHeaders().getFirst("Pack") : null;
        return pack == null ? 1 : Long.parseLong(pack);
    }

    private static double perSecond(Crew.Work work, Callable<Long> arrived) throws Exception {
        var begin = System.nanoTime();
        work.run();
        while (arrived.call() < MESSAGES) {
            Thread.sleep(2);
        }
        return MESSAGES / ((System.nanoTime() - begin) / 1e9);
    }

    private static long last(Connection connection) throws Exception {
        JetStreamManagement management = connection.jetStreamManagement();
        return management.getStreamInfo(STREAM).getStreamState().getLastSequence();
    }

    private void sendByOutbox() throws InterruptedException {
        var transactions = new Semaphore(MESSAGES / IN_TRANSACTION);
        Crew.work(SENDERS, () -> {
            while (transactions.tryAcquire()) {
                QuarkusTransaction.requiringNew().run(() -> {
                    for (var i = 0; i < IN_TRANSACTION; i++) {
                        publishOne();
                    }
                });
            }
        });
    }

    private void publishOne() {
        var id = ids.next();
        outbox.publish(id, new Parcel(id, CONTENT));
    }

    private static void sendRaw(Connection connection, String subject, Headers headers, byte[] body)
            throws InterruptedException {
        var inFlight = new Semaphore(IN_FLIGHT);
        try {
            var stream = connection.jetStream();
            for (var i = 0; i < MESSAGES; i++) {
                inFlight.acquire();
                stream.publishAsync(again(subject, headers, body)).whenComplete((_, _) -> inFlight.release());
            }
        } catch (IOException e) {
            throw new NoResult("The broker cannot be written to: " + e.getMessage() + ".", e);
        }
        inFlight.acquire(IN_FLIGHT);
    }

    /** The same bytes under an id of its own, or the broker would take it for the first one. */
    private static Message again(String subject, Headers headers, byte[] body) {
        var id = UUID.randomUUID().toString();
        var own = new Headers();
        headers.forEach((name, values) -> own.put(name, IDS.contains(name) ? List.of(id) : values));
        return NatsMessage.builder().subject(subject).headers(own).data(body).build();
    }
}
