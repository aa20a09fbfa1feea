package emporium.benchmarks;

import emporium.benchmarks.WorkshopMessages.Parcel;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends the same messages to the same stream by the outbox, their transactions with it, and by the client library alone;
 * either way as fast as it goes, until the broker has them all.
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
            for (var round = 0; round <= ROUNDS; round++) {
                var first = last(connection) + 1;
                relayed.add(perSecond(connection, this::sendByOutbox));
                var sample = connection.jetStreamManagement().getMessage(STREAM, first);
                raw.add(perSecond(
                        connection,
                        () -> sendRaw(connection, sample.getSubject(), sample.getHeaders(), sample.getData())));
            }
            return new RelayResult(middle(relayed), middle(raw));
        }
    }

    private static double middle(List<Double> rounds) {
        return rounds.subList(1, rounds.size()).stream().sorted().toList().get(ROUNDS / 2);
    }

    private double perSecond(Connection connection, Crew.Work work) throws Exception {
        var until = last(connection) + MESSAGES;
        var begin = System.nanoTime();
        work.run();
        while (last(connection) < until) {
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
                        var id = ids.next();
                        outbox.publish(id, new Parcel(id, CONTENT));
                    }
                });
            }
        });
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
