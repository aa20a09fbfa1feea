package emporium.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.BakeryMessages.Bake;
import emporium.messaging.BakeryMessages.HowManyLoaves;
import emporium.messaging.BakeryMessages.Loaves;
import emporium.messaging.BakeryMessages.OvenCooled;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The delivery contract from outbox to inbox and back, on real PostgreSQL and NATS. */
@QuarkusTest
class DeliveryTest {

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
    @OwnedBy("shop")
    Queries questions;

    @Inject
    @OwnedBy("shop")
    Replays replays;

    @Test
    void a_command_is_handled_once_and_its_reply_comes_back_to_the_sender() {
        var command = send(new Bake("plain", 3));
        await().until(() -> bakery.repliesTo(command).size() == 1);
        var reply = bakery.repliesTo(command).getFirst();
        assertEquals(3, reply.body().loaves());
        assertEquals("bakery", reply.envelope().source());
        assertEquals(3, bakery.loaves("plain"));
    }

    @Test
    void nothing_is_sent_when_the_transaction_rolls_back() {
        var id = ids.next();
        assertThrows(IllegalArgumentException.class, () -> QuarkusTransaction.requiringNew()
                .run(() -> {
                    shop.send(id, id, new Bake("rolled-back", 1));
                    throw new IllegalArgumentException("no");
                }));
        var after = send(new Bake("after", 1));
        await().until(() -> bakery.repliesTo(after).size() == 1);
        assertEquals(0, bakery.loaves("rolled-back"));
    }

    @Test
    void a_message_outside_of_a_transaction_is_refused() {
        var id = ids.next();
        assertThrows(IllegalStateException.class, () -> shop.send(id, id, new Bake("homeless", 1)));
    }

    @Test
    void messages_that_wait_are_handled_in_batches() {
        QuarkusTransaction.requiringNew().run(() -> IntStream.range(0, 1_000).forEach(i -> {
            var id = ids.next();
            shop.send(id, id, new Bake("batch", 1));
        }));
        await().atMost(Duration.ofSeconds(30)).until(() -> bakery.loaves("batch") == 1_000);
        synchronized (bakery.batchSizes) {
            assertTrue(bakery.batchSizes.stream().anyMatch(size -> size >= 50), "batches: " + bakery.batchSizes);
        }
    }

    @Test
    void an_event_reaches_its_listener() {
        var it = UUID.randomUUID();
        QuarkusTransaction.requiringNew().run(() -> oven.publish(it, new OvenCooled(it, 20)));
        await().until(() -> bakery.cooled.contains(new OvenCooled(it, 20)));
    }

    @Test
    void events_can_be_read_again_however_often_they_were_handled() {
        var it = UUID.randomUUID();
        QuarkusTransaction.requiringNew().run(() -> oven.publish(it, new OvenCooled(it, 20)));
        await().until(() -> bakery.cooled.contains(new OvenCooled(it, 20)));
        var again = new ArrayList<OvenCooled>();
        var count = replays.replay("bakery", OvenCooled.class, batch -> {
            assertEquals(Status.STATUS_ACTIVE, QuarkusTransaction.getStatus());
            batch.forEach(event -> again.add(event.body()));
        });
        assertEquals(again.size(), count);
        assertTrue(again.contains(new OvenCooled(it, 20)));
    }

    @Test
    void an_event_that_is_of_no_interest_leaves_no_trace() throws SQLException {
        var it = UUID.randomUUID();
        var ignored = new UUID[1];
        QuarkusTransaction.requiringNew().run(() -> {
            ignored[0] = oven.publish(it, new OvenCooled(it, 2_000));
            oven.publish(it, new OvenCooled(it, 30));
        });
        await().until(() -> bakery.cooled.contains(new OvenCooled(it, 30)));
        assertFalse(bakery.cooled.contains(new OvenCooled(it, 2_000)));
        assertEquals(0, bakery.inboxRows(ignored[0]));
    }

    @Test
    void the_owner_answers_a_question() {
        var answer = questions.ask(new HowManyLoaves(), Loaves.class, Duration.ofSeconds(5));
        assertTrue(answer.count() >= 0);
    }

    private UUID send(Bake command) {
        var id = ids.next();
        QuarkusTransaction.requiringNew().run(() -> shop.send(id, id, command));
        return id;
    }
}
