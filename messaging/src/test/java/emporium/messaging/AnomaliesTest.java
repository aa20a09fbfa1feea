package emporium.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.BakeryMessages.Bake;
import emporium.messaging.Transport.ConsumerSpec;
import emporium.messaging.Transport.Outgoing;
import emporium.messaging.Transport.StreamState;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong between two endpoints: each anomaly by name, on real PostgreSQL and NATS. */
@QuarkusTest
class AnomaliesTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

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
    void messages_of_one_transaction_for_one_subject_travel_as_one_with_their_envelopes() {
        var key = ids.next();
        var context = new MessageContext(UUID.randomUUID(), null, TRACE, "ann");
        var before = end(Subjects.COMMANDS);
        var commands = context.call(() -> sendTogether(key, Collections.nCopies(10, "packed")));
        await().until(() ->
                commands.stream().allMatch(command -> bakery.repliesTo(command).size() == 1));
        assertEquals(before + 1, end(Subjects.COMMANDS));
        for (var command : commands) {
            var reply = bakery.repliesTo(command).getFirst().envelope();
            assertEquals(context.correlationId(), reply.correlationId());
            assertEquals(key, reply.conversationId());
            assertEquals(TRACE, reply.traceparent());
        }
    }

    @Test
    void with_packs_switched_off_each_message_travels_alone() throws Exception {
        var config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(MessagingConfig.class)
                .withDefaultValue("emporium.messaging.pack", "1")
                .build()
                .getConfigMapping(MessagingConfig.class);
        var tables = endpoints.tables("shop");
        var off = new Setting(
                config,
                setting.database(),
                setting.transactions(),
                ids,
                setting.clock(),
                setting.tracing(),
                setting.meters());
        var relay = new OutboxRelay(off, tables.sent(), tables.memory(), transport);
        var before = end(Subjects.COMMANDS);
        relay.publish(rowsTogether("unpacked", 5), 0);
        assertTrue(relay.drain(Duration.ofSeconds(10)));
        assertEquals(before + 5, end(Subjects.COMMANDS));
        await().until(() -> bakery.loaves("unpacked") == 5);
    }

    @Test
    void a_poisonous_message_in_a_pack_is_parked_alone_and_the_others_are_handled_and_answered_once() {
        bakery.moods.put("rotten", bake -> {
            throw new IllegalStateException("the apples are brown");
        });
        var answers = new LinkedBlockingQueue<UUID>();
        listen("rep.shop.*", Subjects.REPLIES, answers);
        var moods = new ArrayList<>(Collections.nCopies(10, "fresh"));
        moods.set(4, "rotten");
        var commands = sendTogether(ids.next(), moods);
        await().until(() -> isParked(commands.get(4)));
        var marker = send(new Bake("fresh-end", 1));
        await().until(() -> answers.contains(Outbox.replyId(marker)));
        assertEquals(3, parked(commands.get(4)).attempts());
        assertEquals(9, bakery.loaves("fresh"));
        for (var command : commands) {
            var times = command.equals(commands.get(4)) ? 0 : 1;
            assertEquals(times, Collections.frequency(answers, Outbox.replyId(command)));
            assertEquals(times == 0, isParked(command));
        }
    }

    @Test
    void a_pack_delivered_twice_is_handled_once_and_answered_again() {
        var answers = new LinkedBlockingQueue<UUID>();
        listen("rep.shop.*", Subjects.REPLIES, answers);
        var rows = rowsTogether("packed-twice", 5);
        var replies =
                rows.stream().map(row -> Outbox.replyId(row.envelope().id())).toList();
        var pack = Pack.of(rows, 100).getFirst().again();
        transport.publish(pack).join();
        await().until(() -> answers.containsAll(replies));
        answers.clear();
        transport.publish(pack).join();
        await().until(() -> answers.containsAll(replies));
        assertEquals(5, bakery.loaves("packed-twice"));
    }

    @Test
    void a_crash_in_the_middle_of_a_pack_leaves_the_rest_of_it_to_its_next_delivery() {
        var rows = rowsTogether("half-packed", 6);
        transport.publish(Pack.of(rows.subList(0, 3), 100).getFirst().again()).join();
        await().until(() -> bakery.loaves("half-packed") == 3);
        transport.publish(Pack.of(rows, 100).getFirst().again()).join();
        await().until(() -> rows.stream()
                .allMatch(row -> bakery.repliesTo(row.envelope().id()).size() == 1));
        assertEquals(6, bakery.loaves("half-packed"));
    }

    @Test
    void a_pack_that_cannot_be_unpacked_is_parked() {
        transport
                .publish(new Outgoing("cmd.bakery.0", null, Map.of("Pack", "7"), "[{".getBytes()))
                .join();
        await().until(() -> parked.list("bakery", null, 100).stream()
                .anyMatch(message -> message.reason().equals("a pack of 7 messages cannot be unpacked")));
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
    void a_crash_between_commit_and_publication_leaves_the_message_to_the_sweeper() throws Exception {
        var command = row(ids.next(), new Bake("swept", 1));
        writeWithoutPublishing(command);
        assertTrue(relay().sweepOnce(Duration.ZERO) >= 1);
        await().until(() -> bakery.repliesTo(command.envelope().id()).size() == 1);
    }

    @Test
    void a_clock_that_is_set_back_does_not_keep_the_sweeper_from_its_work() throws Exception {
        var time = new AtomicReference<>(setting.clock().instant());
        var tables = endpoints.tables("shop");
        var wrong = new Setting(
                setting.config(),
                setting.database(),
                setting.transactions(),
                ids,
                time::get,
                Tracing.OFF,
                setting.meters());
        var relay = new OutboxRelay(wrong, tables.sent(), tables.memory(), transport);
        relay.sweepOnce(Duration.ZERO);
        time.set(time.get().minus(Duration.ofHours(1)));
        var command = row(ids.next(), new Bake("set-back", 1));
        writeWithoutPublishing(command);
        letAllBeOld();
        assertTrue(relay.sweepIfDue() >= 1);
        await().until(() -> bakery.repliesTo(command.envelope().id()).size() == 1);
    }

    @Test
    void what_a_dead_replica_left_is_swept_without_a_pause_however_much_it_is() throws Exception {
        var tables = endpoints.tables("shop");
        var relay = new OutboxRelay(setting, tables.sent(), tables.memory(), transport);
        QuarkusTransaction.requiringNew().call(() -> {
            for (var i = 0; i < 300; i++) {
                var left = List.of(row(ids.next(), new Bake("many", 1)), row(ids.next(), new Bake("many", 1)));
                tables.sent().write(ids.next(), left, List.of());
            }
            return null;
        });
        letAllBeOld();
        var first = relay.sweepIfDue();
        assertTrue(first + relay.sweepIfDue() >= 300, "after " + first + " it waited");
        await().until(() -> bakery.loaves("many") == 600);
    }

    @Test
    void what_many_transactions_left_behind_travels_together() throws Exception {
        var tables = endpoints.tables("shop");
        var relay = new OutboxRelay(setting, tables.sent(), tables.memory(), transport);
        while (relay.sweepOnce(Duration.ZERO) > 0) {
            // What earlier tests have left is none of this one's.
        }
        QuarkusTransaction.requiringNew().call(() -> {
            for (var i = 0; i < 200; i++) {
                tables.sent().write(ids.next(), List.of(row(ids.next(), new Bake("together", 1))), List.of());
            }
            return null;
        });
        var before = commandsStored();
        assertEquals(200, relay.sweepOnce(Duration.ZERO));
        var stored = commandsStored() - before;
        assertTrue(stored <= 8, "200 messages of four subjects became " + stored + " of the broker's");
        await().until(() -> bakery.loaves("together") == 200);
        assertEquals(0, relay.sweepOnce(Duration.ZERO));
    }

    private long commandsStored() {
        return transport.prepare().stream()
                .filter(stream -> stream.stream().equals("COMMANDS"))
                .findFirst()
                .orElseThrow()
                .lastSequence();
    }

    @Test
    void a_crash_between_publication_and_forgetting_sends_twice_and_applies_once() throws Exception {
        var command = row(ids.next(), new Bake("again", 1));
        transport.publish(command.again()).join();
        await().until(() -> bakery.repliesTo(command.envelope().id()).size() == 1);
        writeWithoutPublishing(command);
        relay().sweepOnce(Duration.ZERO);
        var marker = send(new Bake("again-end", 1));
        await().until(() -> bakery.repliesTo(marker).size() == 1);
        assertEquals(1, bakery.loaves("again"));
    }

    @Test
    void two_sweepers_never_hold_the_same_message() throws Exception {
        var table = endpoints.tables("shop").sent();
        var command = row(ids.next(), new Bake("held", 1));
        writeWithoutPublishing(command);
        var mine = QuarkusTransaction.requiringNew().call(() -> {
            var first = table.claim(500, Duration.ZERO);
            var second = QuarkusTransaction.requiringNew().call(() -> table.claim(500, Duration.ZERO));
            assertTrue(first.values().stream().flatMap(List::stream).anyMatch(row -> row.envelope()
                    .equals(command.envelope())));
            second.keySet().forEach(position -> assertFalse(first.containsKey(position)));
            return first.size();
        });
        assertTrue(mine >= 1);
        relay().sweepOnce(Duration.ZERO);
        await().until(() -> bakery.loaves("held") == 1);
    }

    @Test
    void what_the_broker_forgot_is_published_again_and_what_did_arrive_is_dropped() {
        var arrived = send(new Bake("remembered", 1));
        await().until(() -> bakery.repliesTo(arrived).size() == 1);
        var tables = endpoints.tables("shop");
        var younger = transport.prepare().stream()
                .map(state -> new StreamState(state.stream(), state.created().plusSeconds(1), state.lastSequence()))
                .toList();
        var before = tables.memory().recall(tables.relay());
        assertTrue(tables.memory().check(younger, before, tables.relay()) >= 1);
        assertEquals(0, tables.memory().check(younger, before, tables.relay()), "noticed once");
        tables.memory().check(transport.prepare(), before, tables.relay());
        await().atMost(Duration.ofSeconds(20)).until(() -> tables.relay().sweepOnce(Duration.ZERO) == 0);
        var marker = send(new Bake("remembered-end", 1));
        await().until(() -> bakery.repliesTo(marker).size() == 1);
        assertEquals(1, bakery.loaves("remembered"));
    }

    @Test
    void what_the_broker_forgot_right_after_its_acknowledgement_is_published_again() throws SQLException {
        var id = ids.next();
        var table = endpoints.tables("shop").sent();
        QuarkusTransaction.begin();
        try {
            var acknowledged = table.write(ids.next(), List.of(row(id, new Bake("acknowledged", 1))), List.of());
            table.publishAgain("cmd.");
            table.forget(List.of(acknowledged)); // as the next transaction that writes does
            assertTrue(table.claim(1_000, Duration.ZERO).values().stream()
                    .flatMap(List::stream)
                    .anyMatch(left -> left.envelope().id().equals(id)));
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void what_the_broker_forgot_comes_again_newest_first_because_nobody_has_handled_that_yet() throws SQLException {
        var table = endpoints.tables("shop").sent();
        QuarkusTransaction.begin();
        try {
            var sent = new ArrayList<UUID>();
            for (var second = 0; second < 3; second++) {
                var message = row(ids.next(), new Bake("lost", 1));
                var at = setting.clock().instant().plusSeconds(second);
                var bundle = MessageIds.derived(message.envelope().id(), "bundle", at);
                table.forget(List.of(table.write(bundle, List.of(message), List.of())));
                sent.addFirst(message.envelope().id());
            }
            table.publishAgain("cmd.");
            var again = table.claim(10_000, Duration.ZERO).values().stream()
                    .flatMap(List::stream)
                    .map(message -> message.envelope().id())
                    .filter(sent::contains)
                    .toList();
            assertEquals(sent, again);
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void a_stream_that_ends_before_an_acknowledged_message_has_forgotten_it() {
        var command = send(new Bake("tail", 1));
        await().until(() -> bakery.repliesTo(command).size() == 1);
        var tables = endpoints.tables("shop");
        var whole = transport.prepare();
        var shorter = whole.stream()
                .map(state -> new StreamState(state.stream(), state.created(), 0))
                .toList();
        var before = tables.memory().recall(tables.relay());
        assertTrue(tables.memory().check(shorter, before, tables.relay()) >= 1);
        tables.memory().check(whole, Map.of(), tables.relay());
    }

    @Test
    void what_is_published_while_the_broker_is_asked_is_not_taken_for_forgotten() {
        var tables = endpoints.tables("shop");
        tables.memory().check(transport.prepare(), Map.of(), tables.relay());
        var kept = send(new Bake("kept", 1));
        await().until(() -> bakery.repliesTo(kept).size() == 1);
        tables.relay().sweepOnce(Duration.ZERO);
        var before = tables.memory().recall(tables.relay());
        var asked = transport.prepare();
        var command = send(new Bake("meanwhile", 1));
        await().until(() -> bakery.repliesTo(command).size() == 1);
        assertEquals(0, tables.memory().check(asked, before, tables.relay()));
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

    private OutboxRelay relay() {
        return endpoints.tables("shop").relay();
    }

    private UUID send(Bake command) {
        var id = ids.next();
        QuarkusTransaction.requiringNew().run(() -> shop.send(id, id, command));
        return id;
    }

    /** Commands for one subject, by one transaction. */
    private List<UUID> sendTogether(UUID key, List<String> moods) {
        return QuarkusTransaction.requiringNew().call(() -> moods.stream()
                .map(mood -> {
                    var id = ids.next();
                    shop.send(id, key, new Bake(mood, 1));
                    return id;
                })
                .toList());
    }

    /** Commands for one subject. */
    private List<OutboxRow> rowsTogether(String mood, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> row(ids.next(), new Bake(mood, 1)))
                .map(row -> new OutboxRow("cmd.bakery.0", row.envelope(), row.body()))
                .toList();
    }

    private long end(String stream) {
        return transport.prepare().stream()
                .filter(state -> state.stream().equals(stream))
                .findFirst()
                .orElseThrow()
                .lastSequence();
    }

    private OutboxRow row(UUID id, Bake command) {
        var envelope = new Envelope(id, "bakery.Bake.v1", "shop", id, id, null, id, "shop", null);
        return new OutboxRow(Subjects.command("bakery", id, 4), envelope, Codec.write(command));
    }

    private void writeWithoutPublishing(OutboxRow row) {
        QuarkusTransaction.requiringNew()
                .call(() -> endpoints.tables("shop").sent().write(ids.next(), List.of(row), List.of()));
    }

    private void letAllBeOld() throws SQLException {
        try (var connection = setting.database().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("update shop.outbox_pending set written_at = '-infinity'");
        }
    }

    private void listen(String filter, String stream, LinkedBlockingQueue<UUID> sink) {
        var spec = new ConsumerSpec(stream, "listener-" + ids.next(), filter, Duration.ofSeconds(30), 1000);
        transport.consume(spec, delivery -> {
            sink.add(Headers.read(delivery.headers()).id());
            delivery.ack();
        });
    }

    private boolean isParked(UUID message) {
        return parked.list("bakery", null, 500).stream()
                .anyMatch(candidate -> candidate.messageId().equals(message));
    }

    private ParkedMessage parked(UUID message) {
        return parked.list("bakery", null, 500).stream()
                .filter(candidate -> candidate.messageId().equals(message))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
