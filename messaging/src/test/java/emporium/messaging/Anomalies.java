package emporium.messaging;

import emporium.messaging.BakeryMessages.Bake;
import emporium.messaging.Transport.ConsumerSpec;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;

/** Two endpoints on real PostgreSQL and NATS, and a hand on what they do. */
abstract class Anomalies {

    static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Inject
    Bakery bakery;

    @Inject
    MessageIds ids;

    @Inject
    @OwnedBy("shop")
    Outbox shop;

    @Inject
    Endpoints endpoints;

    @Inject
    Transport transport;

    @Inject
    ParkedMessages parked;

    @Inject
    Setting setting;

    UUID send(Bake command) {
        var id = ids.next();
        QuarkusTransaction.requiringNew().run(() -> shop.send(id, id, command));
        return id;
    }

    long end(String stream) {
        return transport.prepare().stream()
                .filter(state -> state.stream().equals(stream))
                .findFirst()
                .orElseThrow()
                .lastSequence();
    }

    OutboxRow row(UUID id, Bake command) {
        var envelope = new Envelope(id, "bakery.Bake.v1", "shop", id, id, null, id, "shop", null);
        return new OutboxRow(Subjects.command("bakery", id, 4), envelope, Codec.write(command));
    }

    void listen(String filter, String stream, LinkedBlockingQueue<UUID> sink) {
        var spec = new ConsumerSpec(stream, "listener-" + ids.next(), filter, Duration.ofSeconds(30), 1000);
        transport.consume(spec, delivery -> {
            sink.add(Headers.read(delivery.headers()).id());
            delivery.ack();
        });
    }

    boolean isParked(UUID message) {
        return parked.list("bakery", null, 500).stream()
                .anyMatch(candidate -> candidate.messageId().equals(message));
    }

    ParkedMessage parked(UUID message) {
        return parked.list("bakery", null, 500).stream()
                .filter(candidate -> candidate.messageId().equals(message))
                .findFirst()
                .orElseThrow();
    }
}
