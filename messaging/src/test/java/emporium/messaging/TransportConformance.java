package emporium.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.Transport.ConsumerSpec;
import emporium.messaging.Transport.Delivery;
import emporium.messaging.Transport.Outgoing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every transport must do. Each test works on subjects and durables of its own. */
abstract class TransportConformance {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration ACK_WAIT = Duration.ofSeconds(1);

    private final String owner = "t" + UUID.randomUUID().toString().substring(0, 8);

    abstract Transport transport();

    @Test
    void a_stored_message_is_delivered_as_it_was_sent() throws Exception {
        var inbox = consume("one", 100);
        publish("id-1", "hello");
        var delivery = inbox.take();
        assertEquals("evt." + owner + ".0", delivery.subject());
        assertEquals("greeting", delivery.headers().get("Type"));
        assertArrayEquals("hello".getBytes(), delivery.body());
        assertEquals(1, delivery.attempt());
        delivery.ack();
    }

    @Test
    void what_waits_for_a_durable_is_what_it_has_not_acknowledged_whether_delivered_or_not() throws Exception {
        var inbox = new LinkedBlockingQueue<Delivery>();
        try (var consumption = transport().consume(spec("one", 2), inbox::add)) {
            for (var i = 0; i < 5; i++) {
                publish("id-" + i, "hello");
            }
            await().until(() -> inbox.size() == 2);
            assertEquals(5, consumption.waiting());
            inbox.take().ack();
            await().until(() -> consumption.waiting() == 4);
        }
    }

    @Test
    void a_publication_with_an_id_known_to_the_broker_is_dropped() throws Exception {
        var inbox = consume("one", 100);
        var first = publish("same", "hello");
        var second = publish("same", "hello");
        publish("other", "end");
        assertEquals(first, second);
        assertEquals(List.of("hello", "end"), take(inbox, 2));
    }

    @Test
    void a_publication_without_an_id_is_never_dropped() throws Exception {
        var inbox = consume("one", 100);
        publish(null, "hello");
        publish(null, "hello");
        assertEquals(List.of("hello", "hello"), take(inbox, 2));
    }

    @Test
    void a_message_that_is_not_acknowledged_comes_again_after_the_ack_wait() throws Exception {
        var inbox = consume("one", 100);
        publish("id", "hello");
        var first = inbox.take();
        var second = inbox.take();
        assertEquals(2, second.attempt());
        assertEquals(first.place(), second.place());
        second.ack();
        assertNothingMore(inbox);
    }

    @Test
    void a_message_in_progress_does_not_come_again() throws Exception {
        var inbox = consume("one", 100);
        publish("id", "hello");
        var delivery = inbox.take();
        await().pollInterval(Duration.ofMillis(200))
                .during(ACK_WAIT.multipliedBy(2))
                .atMost(ACK_WAIT.multipliedBy(3))
                .until(() -> {
                    delivery.inProgress();
                    return inbox.isEmpty();
                });
        delivery.ack();
    }

    @Test
    void a_refused_message_comes_again_after_the_delay_and_not_before() throws Exception {
        var inbox = consume("one", 100);
        publish("id", "hello");
        var delivery = inbox.take();
        var before = System.nanoTime();
        delivery.retryIn(Duration.ofMillis(500));
        var again = inbox.take();
        assertTrue(System.nanoTime() - before >= Duration.ofMillis(450).toNanos());
        assertEquals(2, again.attempt());
        again.ack();
    }

    @Test
    void a_durable_goes_on_where_it_stopped() throws Exception {
        var inbox = new LinkedBlockingQueue<Delivery>();
        var consumption = transport().consume(spec("one", 100), inbox::add);
        publish("1", "one");
        inbox.take().ack();
        consumption.close();
        publish("2", "two");
        var later = consume("one", 100);
        assertEquals(List.of("two"), take(later, 1));
    }

    @Test
    void a_durable_that_is_new_begins_with_what_the_stream_still_has() throws Exception {
        publish("1", "one");
        publish("2", "two");
        assertEquals(List.of("one", "two"), take(consume("late", 100), 2));
    }

    @Test
    void consumers_of_one_durable_share_and_two_durables_have_all_each() throws Exception {
        var shared = new LinkedBlockingQueue<Delivery>();
        transport().consume(spec("shared", 100), shared::add);
        transport().consume(spec("shared", 100), shared::add);
        var alone = consume("alone", 100);
        IntStream.range(0, 20).forEach(i -> publish("m" + i, "m" + i));
        assertEquals(20, take(shared, 20).stream().distinct().count());
        assertEquals(20, take(alone, 20).stream().distinct().count());
        assertNothingMore(shared);
    }

    @Test
    void a_consumer_takes_only_the_subjects_of_its_filter() throws Exception {
        var inbox = consume("one", 100);
        transport()
                .publish(message("evt.other" + owner + ".0", "x", "not for us"))
                .join();
        publish("y", "for us");
        assertEquals(List.of("for us"), take(inbox, 1));
    }

    @Test
    void no_more_than_the_allowed_number_is_out_unacknowledged() throws Exception {
        var inbox = consume("one", 3);
        IntStream.range(0, 10).forEach(i -> publish("m" + i, "m" + i));
        await().until(() -> inbox.size() == 3);
        await().during(SHORT).until(() -> inbox.size() == 3);
        inbox.take().ack();
        await().until(() -> inbox.size() == 3);
    }

    @Test
    void a_subject_that_no_stream_takes_fails_the_publication() {
        var publication = transport().publish(message("nowhere." + owner, "id", "lost"));
        assertThrows(CompletionException.class, publication::join);
    }

    @Test
    void preparing_again_changes_nothing_and_tells_how_far_the_streams_have_come() {
        var before = state();
        publish("id", "hello");
        var after = state();
        assertEquals(before.created(), after.created());
        assertEquals(before.lastSequence() + 1, after.lastSequence());
    }

    @Test
    void a_question_is_answered() {
        transport().answer("qry." + owner, owner, question -> {
            var text = new String(question.body()) + " to you";
            return new Outgoing(null, null, Map.of("Type", "answer"), text.getBytes());
        });
        await().untilAsserted(() -> {
            var answer = transport().request(message("qry." + owner, null, "hello"), Duration.ofSeconds(2));
            assertEquals("hello to you", new String(answer.body()));
            assertEquals("answer", answer.headers().get("Type"));
        });
    }

    @Test
    void a_question_that_nobody_answers_fails() {
        var question = message("qry.nobody" + owner, null, "hello");
        assertThrows(QueryFailed.class, () -> transport().request(question, Duration.ofSeconds(1)));
    }

    @Test
    void a_replay_hands_over_all_that_the_stream_keeps_in_its_order_and_disturbs_no_consumer() throws Exception {
        var inbox = consume("one", 1000);
        IntStream.range(0, 25).forEach(i -> publish("m" + i, "m" + i));
        transport()
                .publish(message("evt.other" + owner + ".0", "x", "not for us"))
                .join();
        var batches = replay();
        assertEquals(List.of(10, 10, 5), batches.stream().map(List::size).toList());
        var expected = IntStream.range(0, 25).mapToObj(i -> "m" + i).toList();
        assertEquals(expected, batches.stream().flatMap(List::stream).toList());
        assertEquals(expected, take(inbox, 25));
        assertEquals(3, replay().size());
    }

    @Test
    void a_replay_of_nothing_ends_at_once() {
        assertEquals(List.of(), replay());
    }

    @Test
    void a_pack_is_handed_out_as_its_messages_in_their_order_among_others() throws Exception {
        var inbox = consume("one", 100);
        publish("before", "before");
        var rows = publishPack(3);
        publish("after", "after");
        assertEquals("before", new String(inbox.take().body()));
        var places = new HashSet<String>();
        for (var row : rows) {
            var delivery = inbox.take();
            assertEquals(row.subject(), delivery.subject());
            assertEquals(row.envelope(), Headers.read(delivery.headers()));
            assertArrayEquals(row.body(), delivery.body());
            assertEquals(1, delivery.attempt());
            assertTrue(places.add(delivery.place()));
        }
        assertEquals("after", new String(inbox.take().body()));
    }

    @Test
    void a_pack_comes_again_until_the_last_of_its_messages_is_acknowledged() throws Exception {
        var inbox = consume("one", 100);
        publishPack(3);
        inbox.take().ack();
        inbox.take().ack();
        var last = inbox.take();
        var again = takeDeliveries(inbox, 3);
        assertEquals(last.place(), again.getLast().place());
        assertEquals(2, again.getLast().attempt());
        again.forEach(Delivery::ack);
        assertNothingMore(inbox);
    }

    @Test
    void of_a_pack_only_what_was_refused_comes_again_after_the_longest_delay() throws Exception {
        var inbox = consume("one", 100);
        var rows = publishPack(4);
        var deliveries = takeDeliveries(inbox, 4);
        var before = System.nanoTime();
        deliveries.get(2).retryIn(Duration.ofMillis(500));
        deliveries.get(1).retryIn(Duration.ZERO);
        deliveries.get(0).ack();
        deliveries.get(3).ack();
        var again = takeDeliveries(inbox, 2);
        assertTrue(System.nanoTime() - before >= Duration.ofMillis(450).toNanos());
        assertEquals(
                List.of(rows.get(1).envelope(), rows.get(2).envelope()),
                again.stream().map(one -> Headers.read(one.headers())).toList());
        assertEquals(2, again.getFirst().attempt());
        again.getFirst().ack();
        again.getLast().retryIn(Duration.ZERO);
        var third = inbox.take();
        assertEquals(rows.get(2).envelope(), Headers.read(third.headers()));
        third.ack();
        assertNothingMore(inbox);
    }

    @Test
    void a_message_of_a_pack_is_settled_once() throws Exception {
        var inbox = consume("one", 100);
        publishPack(2);
        var deliveries = takeDeliveries(inbox, 2);
        deliveries.getFirst().ack();
        deliveries.getFirst().ack();
        deliveries.getFirst().retryIn(Duration.ZERO);
        assertEquals(2, takeDeliveries(inbox, 2).getFirst().attempt(), "the second was not settled");
        deliveries.getLast().ack();
        assertNothingMore(inbox);
    }

    @Test
    void a_pack_in_progress_does_not_come_again() throws Exception {
        var inbox = consume("one", 100);
        publishPack(2);
        inbox.take().ack();
        var delivery = inbox.take();
        await().pollInterval(Duration.ofMillis(200))
                .during(ACK_WAIT.multipliedBy(2))
                .atMost(ACK_WAIT.multipliedBy(3))
                .until(() -> {
                    delivery.inProgress();
                    return inbox.isEmpty();
                });
        delivery.ack();
    }

    @Test
    void a_pack_that_cannot_be_unpacked_is_handed_out_as_it_is() throws Exception {
        var inbox = consume("one", 100);
        var broken = new Outgoing("evt." + owner + ".0", null, Map.of("Pack", "2"), "[{]".getBytes());
        transport().publish(broken).join();
        var delivery = inbox.take();
        assertEquals("2", delivery.headers().get("Pack"));
        assertArrayEquals(broken.body(), delivery.body());
        delivery.ack();
        assertNothingMore(inbox);
    }

    @Test
    void a_replay_unpacks_and_its_batches_are_no_larger_for_it() {
        publish("first", "first");
        publishPack(23);
        var batches = replay();
        assertEquals(List.of(10, 10, 4), batches.stream().map(List::size).toList());
        assertEquals("[first, 0, 1, 2]", batches.getFirst().subList(0, 4).toString());
        assertEquals("22", batches.getLast().getLast());
    }

    private List<OutboxRow> publishPack(int size) {
        var ids = new MessageIds(InstantSource.system());
        var rows = IntStream.range(0, size)
                .mapToObj(i -> new OutboxRow(
                        "evt." + owner + ".0",
                        new Envelope(ids.next(), "greeting", owner, ids.next(), null, null, null, null, null),
                        Integer.toString(i).getBytes()))
                .toList();
        transport().publish(Pack.of(rows, 100).getFirst().outgoing()).join();
        return rows;
    }

    private List<List<String>> replay() {
        var batches = new ArrayList<List<String>>();
        transport()
                .replay(
                        Subjects.EVENTS,
                        "evt." + owner + ".*",
                        10,
                        batch -> batches.add(batch.stream()
                                .map(kept -> new String(kept.body()))
                                .toList()));
        return batches;
    }

    private Transport.StreamState state() {
        return transport().prepare().stream()
                .filter(state -> state.stream().equals(Subjects.EVENTS))
                .findFirst()
                .orElseThrow();
    }

    private BlockingQueue<Delivery> consume(String durable, int maxAckPending) {
        var deliveries = new LinkedBlockingQueue<Delivery>();
        transport().consume(spec(durable, maxAckPending), deliveries::add);
        return deliveries;
    }

    private ConsumerSpec spec(String durable, int maxAckPending) {
        return new ConsumerSpec(Subjects.EVENTS, owner + "-" + durable, "evt." + owner + ".*", ACK_WAIT, maxAckPending);
    }

    private Transport.Stored publish(String id, String body) {
        var dedupeId = id == null ? null : owner + id;
        return transport()
                .publish(message("evt." + owner + ".0", dedupeId, body))
                .join();
    }

    private static Outgoing message(String subject, String dedupeId, String body) {
        return new Outgoing(subject, dedupeId, Map.of("Type", "greeting"), body.getBytes());
    }

    private static List<String> take(BlockingQueue<Delivery> deliveries, int count) throws InterruptedException {
        var bodies = new ArrayList<String>();
        while (bodies.size() < count) {
            var delivery = deliveries.poll(10, TimeUnit.SECONDS);
            assertTrue(delivery != null, "only " + bodies + " came");
            delivery.ack();
            bodies.add(new String(delivery.body()));
        }
        return bodies;
    }

    private static List<Delivery> takeDeliveries(BlockingQueue<Delivery> inbox, int count) throws InterruptedException {
        var deliveries = new ArrayList<Delivery>();
        while (deliveries.size() < count) {
            var delivery = inbox.poll(10, TimeUnit.SECONDS);
            assertTrue(delivery != null, "only " + deliveries.size() + " came");
            deliveries.add(delivery);
        }
        return deliveries;
    }

    private static void assertNothingMore(BlockingQueue<Delivery> deliveries) {
        await().during(SHORT.plus(ACK_WAIT)).until(deliveries::isEmpty);
    }
}
