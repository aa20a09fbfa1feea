package emporium.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.BakeryMessages.Bake;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What goes wrong where messages are sent: crashes, clocks and rivals between a commit and its publication. */
@QuarkusTest
class SenderAnomaliesTest extends Anomalies {

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
        var before = end(Subjects.COMMANDS);
        assertEquals(200, relay.sweepOnce(Duration.ZERO));
        var stored = end(Subjects.COMMANDS) - before;
        assertTrue(stored <= 8, "200 messages of four subjects became " + stored + " of the broker's");
        await().until(() -> bakery.loaves("together") == 200);
        assertEquals(0, relay.sweepOnce(Duration.ZERO));
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

    private OutboxRelay relay() {
        return endpoints.tables("shop").relay();
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
}
