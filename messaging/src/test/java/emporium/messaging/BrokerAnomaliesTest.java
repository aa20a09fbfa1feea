package emporium.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.BakeryMessages.Bake;
import emporium.messaging.Transport.StreamState;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the broker has acknowledged and then forgotten. */
@QuarkusTest
class BrokerAnomaliesTest extends Anomalies {

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
}
