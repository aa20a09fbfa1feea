package emporium.eventsourcing;

import static emporium.eventsourcing.Bank.NOW;
import static emporium.eventsourcing.Bank.inTransaction;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UpcastTest {

    record PaidV1(long cents) {}

    record PaidV2(long amount) {}

    record Paid(long amount, String currency) {}

    @Inject
    Bank bank;

    @Test
    void an_old_event_passes_through_all_upcasts_that_follow_its_version() {
        var id = UUID.randomUUID();
        append(id, 0, 1, PaidV1.class, new PaidV1(5));
        append(id, 1, 2, PaidV2.class, new PaidV2(7));
        append(id, 2, 3, Paid.class, new Paid(9, "SEK"));
        var present = AggregateType.named("till", Paid.class, UpcastTest::last)
                .event("Paid", 3, Paid.class)
                .upcast("Paid", 1, UpcastTest::centsToAmount)
                .upcast("Paid", 2, UpcastTest::inEuro)
                .build();

        assertEquals(
                List.of(new Paid(5, "EUR"), new Paid(7, "EUR"), new Paid(9, "SEK")),
                bank.events.history(present, id, 0, 10).stream()
                        .map(RecordedEvent::data)
                        .toList());
        assertEquals(
                new Paid(7, "EUR"),
                bank.events.findAt(present, id, 2).orElseThrow().state());
    }

    @Test
    void an_event_of_a_newer_version_or_an_unknown_name_is_told_by_name() {
        var id = UUID.randomUUID();
        append(id, 0, 2, PaidV2.class, new PaidV2(7));
        var older = AggregateType.named("till", PaidV1.class, UpcastTest::last)
                .event("Paid", 1, PaidV1.class)
                .build();
        var other = AggregateType.named("till", PaidV1.class, UpcastTest::last)
                .event("Refunded", 1, PaidV1.class)
                .build();

        assertTrue(assertThrows(UnreadableEvent.class, () -> bank.events.find(older, id))
                .getMessage()
                .contains("Paid of version 2"));
        assertThrows(UnreadableEvent.class, () -> bank.events.find(other, id));
    }

    private <E> void append(UUID id, long version, int eventVersion, Class<E> type, E event) {
        BiFunction<E, E, E> fold = UpcastTest::last;
        var builder = AggregateType.named("till", type, fold).event("Paid", eventVersion, type);
        for (int former = 1; former < eventVersion; former++) {
            builder.upcast("Paid", former, data -> data);
        }
        inTransaction(() -> bank.events.save(builder.build(), new Loaded<E>(id, version, null), List.of(event), NOW));
    }

    private static <E> E last(E before, E event) {
        return event;
    }

    private static JsonNode centsToAmount(JsonNode data) {
        return ((ObjectNode) data.deepCopy())
                .put("amount", data.get("cents").asLong())
                .without("cents");
    }

    private static JsonNode inEuro(JsonNode data) {
        return ((ObjectNode) data.deepCopy()).put("currency", "EUR");
    }
}
