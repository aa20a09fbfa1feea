package emporium.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.messaging.BakeryMessages.Bake;
import emporium.messaging.BakeryMessages.OvenCooled;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the meters say of messages on real servers. */
@QuarkusTest
class MetersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    Bakery bakery;

    @Inject
    MessageIds ids;

    @Inject
    @OwnedBy("shop")
    Outbox shop;

    @Inject
    @OwnedBy("bakery")
    Outbox oven;

    @Inject
    ParkedMessages parked;

    @Inject
    MeterRegistry meters;

    @Test
    void messages_are_counted_by_what_became_of_them_and_their_batches_timed() {
        var handled = handled("bakery", "commands", "handled");
        var batches = meters.get("messaging.batch")
                .tags("endpoint", "bakery", "consumer", "commands")
                .timer()
                .count();
        var command = send(new Bake("metered", 1));
        await().until(() -> bakery.repliesTo(command).size() == 1);
        await().untilAsserted(() -> assertEquals(handled + 1, handled("bakery", "commands", "handled")));
        await().untilAsserted(() -> assertEquals(
                batches + 1,
                meters.get("messaging.batch")
                        .tags("endpoint", "bakery", "consumer", "commands")
                        .timer()
                        .count()));
    }

    @Test
    void what_does_not_matter_is_counted_as_ignored() {
        var ignored = handled("shop", "events-bakery", "ignored");
        QuarkusTransaction.requiringNew()
                .run(() -> oven.publish(UUID.randomUUID(), new OvenCooled(UUID.randomUUID(), 5_000)));
        await().untilAsserted(() -> assertEquals(ignored + 1, handled("shop", "events-bakery", "ignored")));
    }

    @Test
    void what_fails_is_counted_at_each_attempt_and_seen_as_parked_until_somebody_discards_it() {
        var retried = handled("bakery", "commands", "retried");
        var given = handled("bakery", "commands", "parked");
        bakery.moods.put("unmeterable", bake -> {
            throw new IllegalStateException("no");
        });
        var command = send(new Bake("unmeterable", 1));
        await().untilAsserted(() -> assertEquals(given + 1, handled("bakery", "commands", "parked")));
        assertEquals(retried + 2, handled("bakery", "commands", "retried"));
        var open = parked.list("bakery", null, 500);
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(open.size(), gauge("messaging.parked")));
        open.stream()
                .filter(message -> message.messageId().equals(command))
                .forEach(message -> parked.discard(message.id(), "no flour"));
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(open.size() - 1, gauge("messaging.parked")));
    }

    @Test
    void an_outbox_that_is_empty_has_no_age() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertEquals(0, gauge("messaging.outbox.bundles"));
            assertEquals(0, gauge("messaging.outbox.age"));
        });
    }

    private double handled(String endpoint, String consumer, String outcome) {
        return meters.get("messaging.handled")
                .tags("endpoint", endpoint, "consumer", consumer, "outcome", outcome)
                .counter()
                .count();
    }

    private double gauge(String name) {
        return meters.get(name).tags("endpoint", "bakery").gauge().value();
    }

    private UUID send(Bake bake) {
        var id = ids.next();
        QuarkusTransaction.requiringNew().run(() -> shop.send(id, id, bake));
        return id;
    }

    static class Registry {
        @Produces
        @Singleton
        SimpleMeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }
}
