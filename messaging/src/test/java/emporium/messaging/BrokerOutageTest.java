package emporium.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.Transport.ConsumerSpec;
import emporium.messaging.Transport.Delivery;
import emporium.messaging.Transport.Outgoing;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The broker killed, robbed and mended under a transport at work. */
class BrokerOutageTest {

    private static final ConsumerSpec SPEC =
            new ConsumerSpec(Subjects.EVENTS, "listener", "evt.shop.*", Duration.ofSeconds(30), 100);

    private final LinkedBlockingQueue<Delivery> inbox = new LinkedBlockingQueue<>();
    private LocalNats nats;
    private Transport transport;

    @BeforeEach
    void start() {
        nats = LocalNats.start();
        transport = new JetStreamTransport(nats.config(), "outage");
        transport.prepare();
        transport.consume(SPEC, inbox::add);
    }

    @AfterEach
    void stop() {
        transport.close();
        nats.close();
    }

    @Test
    void consumption_is_back_within_a_second_of_the_brokers_return() throws Exception {
        assertDelivered("before");
        nats.kill();
        nats.restart();
        var returned = System.nanoTime();
        await().pollInterval(Duration.ofMillis(10)).until(transport::connected);
        publishUntilStored("after");
        takeUntil("after");
        var millis = (System.nanoTime() - returned) / 1_000_000;
        assertTrue(millis < 5_000, "an outstanding pull was waited for: " + millis + " ms");
    }

    @Test
    void a_publication_while_the_broker_is_away_fails_at_once() {
        nats.kill();
        await().until(() -> !transport.connected());
        var publication = transport.publish(message("lost"));
        assertThrows(CompletionException.class, publication::join);
        nats.restart();
    }

    @Test
    void the_return_of_the_broker_is_told_and_a_wiped_store_is_told_by_its_creation() throws Exception {
        assertDelivered("before");
        var before = events();
        var returned = new CountDownLatch(1);
        transport.onReturn(returned::countDown);
        nats.kill();
        nats.wipeStore();
        nats.restart();
        assertTrue(returned.await(20, TimeUnit.SECONDS));
        var after = events();
        assertNotEquals(before.created(), after.created());
        assertEquals(0, after.lastSequence());
        assertDelivered("after");
    }

    @Test
    void an_acknowledgement_from_before_a_loss_does_not_settle_another_message_of_the_new_stream() throws Exception {
        var deliveries = new LinkedBlockingQueue<Delivery>();
        var spec = new ConsumerSpec(Subjects.EVENTS, "brief", "evt.shop.*", Duration.ofSeconds(2), 100);
        transport.consume(spec, deliveries::add);
        transport.publish(message("before")).join();
        var before = deliveries.poll(30, TimeUnit.SECONDS);
        nats.kill();
        nats.wipeStore();
        nats.restart();
        publishUntilStored("after");
        var after = deliveries.poll(30, TimeUnit.SECONDS);
        assertEquals(before.place(), after.place(), "both are the first of their stream");
        before.ack();
        var again = deliveries.poll(10, TimeUnit.SECONDS);
        assertTrue(again != null, "the old acknowledgement was taken for the new message");
        assertEquals("after", new String(again.body()));
    }

    @Test
    void a_consumer_deleted_by_hand_is_made_again() throws Exception {
        assertDelivered("before");
        // The server sometimes fails to delete the folder of a consumer whose state it is just writing.
        await().ignoreExceptions().until(() -> {
            nats.administer(management -> management.deleteConsumer(SPEC.stream(), SPEC.durable()));
            return true;
        });
        publishUntilStored("after");
        // The new consumer begins with what the stream has: at least once, and the inbox knows the first.
        takeUntil("before");
        takeUntil("after");
    }

    @Test
    void a_stream_deleted_by_hand_is_made_again() throws Exception {
        assertDelivered("before");
        nats.administer(management -> management.deleteStream(SPEC.stream()));
        publishUntilStored("after");
        takeUntil("after");
    }

    @Test
    void one_who_only_speaks_is_told_of_a_stream_that_another_process_has_made_anew() throws Exception {
        var told = new CountDownLatch(1);
        try (var speaker = new JetStreamTransport(nats.config(), "speaker")) {
            speaker.prepare();
            assertDelivered("before");
            speaker.publish(message("acknowledged and lost")).join();
            speaker.onReturn(told::countDown);
            deleteStream();
            transport.prepare();
            speaker.publish(message("after")).join();
            assertTrue(told.await(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_stream_deleted_while_another_loss_is_being_mended_is_made_again_with_its_consumers() throws Exception {
        assertDelivered("before");
        var deleted = new CountDownLatch(1);
        transport.onReturn(() -> {
            if (deleted.getCount() > 0) {
                deleteStream();
                transport.prepare();
                deleted.countDown();
            }
        });
        nats.kill();
        nats.restart();
        assertTrue(deleted.await(20, TimeUnit.SECONDS));
        inbox.clear();
        publishUntilStored("after");
        var after = inbox.poll(5, TimeUnit.SECONDS);
        assertTrue(after != null, "only a missing heartbeat would tell");
        assertEquals("after", new String(after.body()));
    }

    private void deleteStream() {
        try {
            nats.administer(management -> management.deleteStream(SPEC.stream()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertDelivered(String body) throws InterruptedException {
        transport.publish(message(body)).join();
        takeUntil(body);
    }

    /** What came before may come once more: its acknowledgement may have died with the broker. */
    private void takeUntil(String body) throws InterruptedException {
        while (true) {
            var delivery = inbox.poll(30, TimeUnit.SECONDS);
            assertTrue(delivery != null, body + " did not come");
            delivery.ack();
            if (body.equals(new String(delivery.body()))) {
                return;
            }
        }
    }

    /** As the outbox does: the same message id until the broker has acknowledged it. */
    private void publishUntilStored(String body) {
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            transport.publish(message(body)).join();
            return true;
        });
    }

    private Transport.StreamState events() {
        return transport.prepare().stream()
                .filter(state -> state.stream().equals(Subjects.EVENTS))
                .findFirst()
                .orElseThrow();
    }

    private static Outgoing message(String body) {
        return new Outgoing("evt.shop.0", body, Map.of(), body.getBytes());
    }
}
