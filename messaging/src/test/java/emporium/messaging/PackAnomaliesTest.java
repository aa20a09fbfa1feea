package emporium.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.BakeryMessages.Bake;
import emporium.messaging.Transport.Outgoing;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes wrong with messages that travel as one. */
@QuarkusTest
class PackAnomaliesTest extends Anomalies {

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
}
