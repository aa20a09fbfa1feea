package emporium.saga.testing;

import emporium.saga.Decision;
import emporium.saga.Decision.Outgoing;
import emporium.saga.Progress;
import emporium.saga.Saga;
import emporium.saga.SagaStatus;
import emporium.saga.Transitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Plays a saga as a dialogue, without starting anything: what it asks, what it is answered, how it ends. A saga that
 * says something else fails the test with {@link AssertionError}, telling the dialogue so far.
 */
public final class Dialogue<D> {

    private static final UUID SAGA = UUID.fromString("01900000-0000-7000-8000-000000000001");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Transitions<D> transitions;
    private final List<Outgoing> open = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Progress<D> progress;
    private int replies;

    private Dialogue(Transitions<D> transitions, D draft) {
        this.transitions = transitions;
        take(transitions.start(SAGA, draft, AT));
    }

    /** @param refusals the reason, if a reply is a business <em>no</em>: the same function that the runner gets */
    public static <D> Dialogue<D> play(Saga<D> saga, D draft, Function<Object, Optional<String>> refusals) {
        return new Dialogue<>(new Transitions<>(saga, refusals), draft);
    }

    /** The saga has sent this command, and is answered. */
    public Dialogue<D> asks(Object command, Object reply) {
        var asked = open.stream()
                .filter(outgoing -> outgoing.command().equals(command))
                .findFirst()
                .orElseThrow(() -> wrong("asks " + command));
        open.remove(asked);
        told.add("asks " + command + " and hears " + reply);
        return hears(asked.id(), reply);
    }

    /** A reply arrives that answers no command of this saga: late, repeated or foreign. It must change nothing. */
    public Dialogue<D> ignores(Object reply) {
        var before = progress;
        hears(new UUID(0, replies), reply);
        if (!progress.equals(before)) {
            throw wrong("ignores " + reply);
        }
        return this;
    }

    /** The saga awaits nothing more and has this status. */
    public Dialogue<D> ends(SagaStatus status) {
        if (!open.isEmpty() || progress.status() != status) {
            throw wrong("ends " + status);
        }
        return this;
    }

    /** What the saga knows by now. */
    public D draft() {
        return progress.draft();
    }

    private Dialogue<D> hears(UUID command, Object reply) {
        replies++;
        take(transitions.reply(progress, new Transitions.Reply(new UUID(1, replies), command, reply), AT));
        return this;
    }

    private void take(Decision<D> decision) {
        progress = decision.progress();
        open.addAll(decision.commands());
    }

    private AssertionError wrong(String expected) {
        var asked = open.stream().map(Outgoing::command).toList();
        return new AssertionError("expected: " + expected + "\nbut it is " + progress.status() + " and asks " + asked
                + "\nafter:\n  " + String.join("\n  ", told));
    }
}
