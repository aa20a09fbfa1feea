package emporium.messaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporium.messaging.BakeryMessages.Bake;
import emporium.messaging.Transport.Kept;
import emporium.messaging.Transport.Outgoing;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What travels together, and that it comes out as it went in. */
class PackTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final MessageIds ids = new MessageIds(InstantSource.system());

    @Test
    void messages_for_one_subject_travel_together_in_their_order_and_others_apart() {
        var first = rows("cmd.bakery.0", 2);
        var other = rows("cmd.bakery.1", 1);
        var last = rows("cmd.bakery.0", 1);
        var packs = Pack.of(Stream.of(first, other, last).flatMap(List::stream).toList(), 100);
        assertEquals(2, packs.size());
        assertEquals(idsOf(List.of(first.get(0), first.get(1), last.get(0))), idsIn(packs.getFirst()));
        assertEquals(idsOf(other), idsIn(packs.getLast()));
    }

    @Test
    void a_message_alone_travels_as_it_always_has() {
        var row = rows("cmd.bakery.0", 1).getFirst();
        var outgoing = Pack.of(List.of(row), 100).getFirst().outgoing();
        assertEquals(row.envelope().id().toString(), outgoing.dedupeId());
        assertEquals(Headers.write(row.envelope()), outgoing.headers());
        assertEquals(row.body(), outgoing.body());
        assertNull(Pack.of(List.of(row), 100).getFirst().again().dedupeId());
    }

    @Test
    void every_message_comes_out_with_its_envelope_its_trace_and_its_bytes() {
        var rows = rows("cmd.bakery.0", 3);
        var outgoing = Pack.of(rows, 100).getFirst().outgoing();
        assertEquals(Map.of("Pack", "3"), outgoing.headers());
        var messages = open(outgoing);
        for (var i = 0; i < 3; i++) {
            var envelope = Headers.read(messages.get(i).headers());
            assertEquals(rows.get(i).envelope(), envelope);
            assertEquals(TRACE, envelope.traceparent());
            assertArrayEquals(rows.get(i).body(), messages.get(i).body());
        }
    }

    @Test
    void no_more_messages_are_put_together_than_are_allowed() {
        var packs = Pack.of(rows("cmd.bakery.0", 7), 3);
        assertEquals(
                List.of(3, 3, 1), packs.stream().map(pack -> idsIn(pack).size()).toList());
    }

    @Test
    void with_one_allowed_nothing_is_packed() {
        var packs = Pack.of(rows("cmd.bakery.0", 3), 1);
        assertEquals(3, packs.size());
        packs.forEach(pack -> assertFalse(pack.outgoing().headers().containsKey("Pack")));
    }

    @Test
    void no_more_bytes_are_put_together_than_a_broker_takes_by_far() {
        var rows = IntStream.range(0, 10)
                .mapToObj(i -> row("cmd.bakery.0", new Bake("x".repeat(20_000), i)))
                .toList();
        var packs = Pack.of(rows, 100);
        assertEquals(
                List.of(3, 3, 3, 1),
                packs.stream().map(pack -> idsIn(pack).size()).toList());
        packs.forEach(pack -> assertFalse(pack.outgoing().body().length > Pack.MOST_BYTES));
    }

    @Test
    void a_message_larger_than_any_pack_travels_alone() {
        var large = row("cmd.bakery.0", new Bake("x".repeat(Pack.MOST_BYTES), 1));
        var packs = Pack.of(List.of(large, row("cmd.bakery.0", new Bake("small", 1))), 100);
        assertEquals(2, packs.size());
        assertEquals(large.body(), packs.getFirst().outgoing().body());
    }

    @Test
    void the_broker_knows_a_pack_again_but_no_other() {
        var rows = rows("cmd.bakery.0", 3);
        var id = Pack.of(rows, 100).getFirst().outgoing().dedupeId();
        assertEquals(id, Pack.of(rows, 100).getFirst().outgoing().dedupeId());
        assertNotEquals(id, Pack.of(rows, 2).getFirst().outgoing().dedupeId());
        var others = List.of(rows.get(0), rows.get(1), row("cmd.bakery.0", new Bake("later", 1)));
        assertNotEquals(id, Pack.of(others, 100).getFirst().outgoing().dedupeId());
        assertNotEquals(id, rows.getFirst().outgoing().dedupeId());
        assertNull(Pack.of(rows, 100).getFirst().again().dedupeId());
    }

    @Test
    void a_pack_that_cannot_be_read_stays_as_it_is_and_is_undecodable() {
        for (var body : List.of("", "{}", "[{]", "[{\"headers\":{},\"body\":{}}]", "\u0000\u0001")) {
            var broken = new Kept(Map.of("Pack", "2"), body.getBytes(StandardCharsets.UTF_8));
            assertEquals(List.of(broken), Pack.open(broken));
            assertThrows(UndecodableMessage.class, () -> Headers.read(broken.headers()));
        }
    }

    private List<OutboxRow> rows(String subject, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> row(subject, new Bake("“süß\" {[,]}", i)))
                .toList();
    }

    private OutboxRow row(String subject, Bake command) {
        var id = ids.next();
        var envelope =
                new Envelope(id, "bakery.Bake.v1", "shop", id, UUID.randomUUID(), null, ids.next(), "shop", TRACE);
        return new OutboxRow(subject, envelope, Codec.write(command));
    }

    private static List<Kept> open(Outgoing outgoing) {
        return Pack.open(new Kept(outgoing.headers(), outgoing.body()));
    }

    private static List<UUID> idsIn(Pack pack) {
        return open(pack.outgoing()).stream()
                .map(message -> Headers.read(message.headers()).id())
                .toList();
    }

    private static List<UUID> idsOf(List<OutboxRow> rows) {
        return rows.stream().map(row -> row.envelope().id()).toList();
    }
}
