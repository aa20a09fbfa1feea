package emporium.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.BakeryMessages.Bake;
import emporium.messaging.Transport.Outgoing;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes wrong where messages are handled: those that come twice, are poisonous, broken, late or slow. */
@QuarkusTest
class ReceiverAnomaliesTest extends Anomalies {

    @Test
    void a_command_delivered_twice_is_handled_once_and_answered_again() {
        var answers = new LinkedBlockingQueue<UUID>();
        listen("rep.shop.*", Subjects.REPLIES, answers);
        var command = row(ids.next(), new Bake("twice", 1));
        transport.publish(command.again()).join();
        await().until(() -> answers.contains(Outbox.replyId(command.envelope().id())));
        answers.clear();
        transport.publish(command.again()).join();
        await().until(() -> answers.contains(Outbox.replyId(command.envelope().id())));
        assertEquals(1, bakery.loaves("twice"));
        assertEquals(1, bakery.repliesTo(command.envelope().id()).size());
    }

    @Test
    void a_command_twice_in_one_batch_is_handled_once() {
        var command = row(ids.next(), new Bake("double", 1));
        IntStream.range(0, 20).forEach(i -> transport.publish(command.again()));
        send(new Bake("double-end", 1));
        await().until(() -> bakery.loaves("double-end") == 1);
        assertEquals(1, bakery.loaves("double"));
    }

    @Test
    void a_handler_that_fails_twice_succeeds_at_the_third_attempt_and_leaves_nothing_of_the_first_two() {
        var attempts = new AtomicInteger();
        bakery.moods.put("flaky", bake -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("the oven is cold");
            }
        });
        var command = send(new Bake("flaky", 1));
        await().until(() -> bakery.repliesTo(command).size() == 1);
        assertEquals(1, bakery.loaves("flaky"));
        assertEquals(3, attempts.get());
    }

    @Test
    void a_poisonous_message_is_parked_with_reason_and_stack_while_the_rest_of_its_batch_goes_on() {
        bakery.moods.put("poison", bake -> {
            throw new IllegalStateException("the dough is green");
        });
        var letters = new LinkedBlockingQueue<UUID>();
        listen("dlq.bakery", Subjects.DEAD_LETTERS, letters);
        var poison = new ArrayList<UUID>();
        QuarkusTransaction.requiringNew().run(() -> IntStream.range(0, 30).forEach(i -> {
            var id = ids.next();
            shop.send(id, id, new Bake(i == 10 ? "poison" : "healthy", 1));
            if (i == 10) {
                poison.add(id);
            }
        }));
        await().until(() -> bakery.loaves("healthy") == 29);
        await().until(() -> isParked(poison.getFirst()));
        var message = parked(poison.getFirst());
        assertEquals("the dough is green", message.reason());
        assertTrue(message.stack().contains("IllegalStateException"), message.stack());
        assertTrue(message.attempts() >= 3, "attempts: " + message.attempts());
        assertEquals("bakery", message.service());
        assertEquals("bakery.Bake.v1", message.type());
        await().until(() -> !letters.isEmpty());
    }

    @Test
    void a_parked_message_is_replayed_after_the_fix_and_its_reply_is_sent() {
        bakery.moods.put("mended", bake -> {
            throw new IllegalStateException("no flour");
        });
        var command = send(new Bake("mended", 4));
        await().until(() -> isParked(command));
        var message = parked(command);
        assertThrows(RuntimeException.class, () -> parked.replay(message.id(), "too early"));
        assertEquals(message.attempts() + 1, parked(command).attempts());

        bakery.moods.remove("mended");
        var replayed = parked.replay(message.id(), "flour has come");
        assertEquals(ParkedMessage.Status.REPLAYED, replayed.status());
        assertEquals("flour has come", replayed.resolvedWhy());
        await().until(() -> bakery.repliesTo(command).size() == 1);
        assertEquals(4, bakery.loaves("mended"));
        assertThrows(IllegalStateException.class, () -> parked.replay(message.id(), "once more"));
        assertFalse(isParked(command));
    }

    @Test
    void a_discarded_message_is_kept_on_record_and_never_handled() {
        bakery.moods.put("hopeless", bake -> {
            throw new IllegalStateException("burnt");
        });
        var command = send(new Bake("hopeless", 1));
        await().until(() -> isParked(command));
        var message = parked(command);
        bakery.moods.remove("hopeless");
        var discarded = parked.discard(message.id(), "nobody wants it");
        assertEquals(ParkedMessage.Status.DISCARDED, discarded.status());
        assertFalse(isParked(command));
        assertThrows(IllegalStateException.class, () -> parked.discard(message.id(), "again"));
        assertEquals(0, bakery.loaves("hopeless"));
    }

    @Test
    void bytes_that_are_no_json_are_parked() {
        var good = row(ids.next(), new Bake("garbage", 1));
        var bad = new Outgoing(good.subject(), null, good.outgoing().headers(), new byte[] {0, 1, 2, (byte) 0xff});
        transport.publish(bad).join();
        await().until(() -> isParked(good.envelope().id()));
        assertTrue(parked(good.envelope().id()).reason().length() > 0);
    }

    @Test
    void a_message_of_an_unknown_type_is_parked() {
        var good = row(ids.next(), new Bake("unknown", 1));
        var headers = new HashMap<>(good.outgoing().headers());
        headers.put("Type", "bakery.Bake.v99");
        transport
                .publish(new Outgoing(good.subject(), null, headers, good.body()))
                .join();
        await().until(() -> isParked(good.envelope().id()));
        assertTrue(parked(good.envelope().id()).reason().contains("bakery.Bake.v99"));
    }

    @Test
    void a_message_without_an_envelope_is_parked_once() {
        transport
                .publish(new Outgoing("cmd.bakery.0", null, Map.of("Some", "thing"), "{}".getBytes()))
                .join();
        await().until(() -> parked.list("bakery", null, 100).stream()
                .anyMatch(message -> message.reason().contains("Message-Id is missing")));
    }

    @Test
    void a_message_too_old_for_the_inbox_is_parked_and_not_taken_for_new() {
        var old = MessageIds.derived(ids.next(), "old", Instant.now().minus(Duration.ofDays(30)));
        transport.publish(row(old, new Bake("old", 1)).again()).join();
        await().until(() -> isParked(old));
        assertTrue(
                parked(old).reason().startsWith("a message is too old"),
                parked(old).reason());
        assertEquals(0, bakery.loaves("old"));
    }

    @Test
    void a_handler_slower_than_the_ack_wait_runs_once() {
        var begun = new AtomicInteger();
        var release = new CountDownLatch(1);
        bakery.moods.put("slow", bake -> {
            begun.incrementAndGet();
            awaitLatch(release);
        });
        var command = send(new Bake("slow", 1));
        await().until(() -> begun.get() == 1);
        await().during(Duration.ofSeconds(8)).atMost(Duration.ofSeconds(10)).until(() -> begun.get() == 1);
        release.countDown();
        await().until(() -> bakery.repliesTo(command).size() == 1);
        assertEquals(1, bakery.loaves("slow"));
    }

    @Test
    void an_error_thrown_by_a_handler_does_not_end_the_receiver() {
        bakery.moods.put("memory", bake -> {
            throw new OutOfMemoryError("pretended");
        });
        var command = send(new Bake("memory", 1));
        await().until(() -> isParked(command));
        var next = send(new Bake("after-memory", 1));
        await().until(() -> bakery.repliesTo(next).size() == 1);
    }

    @Test
    void correlation_and_causation_lead_from_the_first_request_to_the_reply() {
        var correlation = UUID.randomUUID();
        var context = new MessageContext(correlation, null, TRACE, "ann");
        var command = context.call(() -> send(new Bake("traced", 1)));
        await().until(() -> bakery.repliesTo(command).size() == 1);
        var reply = bakery.repliesTo(command).getFirst().envelope();
        assertEquals(correlation, reply.correlationId());
        assertEquals(command, reply.causationId());
        assertEquals(command, reply.conversationId());
        assertEquals(TRACE, reply.traceparent());
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
