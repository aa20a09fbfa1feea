package emporium.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import emporium.messaging.MessageIds;
import emporium.saga.HistoryEntry.Outcome;
import emporium.saga.Trip.Done;
import emporium.saga.Trip.No;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransitionsTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private final UUID id = MessageIds.derived(UUID.randomUUID(), "saga", AT);
    private final Transitions<Trip> transitions = new Transitions<>(Trip.DEFINITION, Trip::refusal);

    @Test
    void the_same_input_gives_the_same_decision_command_ids_included() {
        assertEquals(start(), start());
        assertEquals(answer(start(), new Done(id)), answer(start(), new Done(id)));
    }

    @Test
    void a_command_id_carries_the_time_it_was_sent_at() {
        var later = AT.plusSeconds(86_400);
        var reply = new Transitions.Reply(UUID.randomUUID(), command(start()), new Done(id));
        var next = transitions.reply(start().progress(), reply, later);
        assertEquals(later, MessageIds.timeOf(next.commands().getFirst().id()));
    }

    @Test
    void a_step_and_its_compensation_have_ids_of_their_own() {
        var refused = answer(start(), new No("no passport"));
        assertNotEquals(command(start()), command(refused));
        assertEquals(
                List.of("trip"),
                refused.progress().outstanding().stream()
                        .map(Progress.Awaited::step)
                        .toList());
    }

    @Test
    void the_intent_is_stored_with_the_command() {
        assertEquals(List.of("trip", "traveller"), start().progress().begun());
        assertEquals("traveller", start().progress().step());
        assertEquals(
                command(start()), start().progress().outstanding().getFirst().command());
    }

    @Test
    void an_ignored_reply_is_recorded_and_nothing_else() {
        var before = start().progress();
        var foreign = new Transitions.Reply(UUID.randomUUID(), UUID.randomUUID(), new No("who are you"));
        var decision = transitions.reply(before, foreign, AT);
        assertEquals(before, decision.progress());
        assertEquals(List.of(), decision.commands());
        assertEquals(Outcome.IGNORED, decision.history().getFirst().outcome());
        assertEquals(foreign.id(), decision.history().getFirst().messageId());
    }

    @Test
    void the_history_tells_every_command_and_reply_and_why_it_turned_round() {
        var refused = answer(start(), new No("no passport"));
        var ended = answer(refused, new Done(id));
        var history = refused.history().stream().map(TransitionsTest::line).toList();
        assertEquals(
                List.of(
                        "traveller ACTION REFUSED no passport",
                        "null SAGA TURNED no passport",
                        "trip COMPENSATION SENT null"),
                history);
        assertEquals(Outcome.COMPENSATED, ended.history().getLast().outcome());
    }

    private Decision<Trip> start() {
        return transitions.start(id, Trip.of(id), AT);
    }

    private Decision<Trip> answer(Decision<Trip> decision, Object reply) {
        return transitions.reply(decision.progress(), new Transitions.Reply(id, command(decision), reply), AT);
    }

    private static UUID command(Decision<Trip> decision) {
        return decision.commands().getFirst().id();
    }

    private static String line(HistoryEntry entry) {
        return entry.step() + " " + entry.kind() + " " + entry.outcome() + " " + entry.detail();
    }
}
