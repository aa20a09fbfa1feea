package emporium.saga.testing;

import emporium.saga.Decision;
import emporium.saga.Decision.Outgoing;
import emporium.saga.OperatorMove;
import emporium.saga.Progress;
import emporium.saga.Saga;
import emporium.saga.SagaStatus;
import emporium.saga.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Plays a saga as a dialogue, without starting anything: what it asks, what it is answered, what time does to it, how it
 * ends. A saga that says something else fails the test with {@link AssertionError}, telling the dialogue so far.
 */
public final class Dialogue<D> {

    private static final UUID SAGA = UUID.fromString("01900000-0000-7000-8000-000000000001");
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final Transitions<D> transitions;
    private final List<Outgoing> open = new ArrayList<>();
    private final List<Outgoing> unanswered = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Scene> scenes = new ArrayList<>();
    private final D beginning;
    private Instant now = BEGINNING;
    private Progress<D> progress;
    private int replies;

    private Dialogue(Transitions<D> transitions, D draft) {
        this.transitions = transitions;
        this.beginning = draft;
        take(transitions.start(SAGA, draft, now));
    }

    /** @param refusals the reason, if a reply is a business <em>no</em>: the same function that the runner gets */
    public static <D> Dialogue<D> play(Saga<D> saga, D draft, Function<Object, Optional<String>> refusals) {
        return new Dialogue<>(new Transitions<>(saga, refusals), draft);
    }

    /** The saga has sent this command, and is answered. Commands of steps beside each other come in any order. */
    public Dialogue<D> asks(Object command, Object reply) {
        told.add("asks " + command + " and hears " + reply);
        scenes.add(new Scene(command, reply, null, null, null, null, null, null));
        return hears(take(open, command, "asks").id(), reply);
    }

    /** The saga has sent this command, and nobody answers, at least not yet. */
    public Dialogue<D> asks(Object command) {
        told.add("asks " + command);
        scenes.add(new Scene(command, null, null, null, null, null, null, null));
        unanswered.add(take(open, command, "asks"));
        return this;
    }

    /** The answer to the oldest sending of this command that was not answered. */
    public Dialogue<D> late(Object command, Object reply) {
        told.add("hears late, to " + command + ", " + reply);
        scenes.add(new Scene(null, reply, command, null, null, null, null, null));
        return hears(take(unanswered, command, "has asked").id(), reply);
    }

    /** Time passes, and what is due meanwhile is done when it is due. */
    public Dialogue<D> after(Duration time) {
        told.add("waits " + time);
        scenes.add(new Scene(null, null, null, time, null, null, null, null));
        var end = now.plus(time);
        for (var due = wakeUp(end); due.isPresent(); due = wakeUp(end)) {
            now = due.get();
            take(transitions.wake(progress, now));
        }
        now = end;
        return this;
    }

    /** The business wants it undone. */
    public Dialogue<D> cancelled(String reason) {
        told.add("is cancelled: " + reason);
        scenes.add(new Scene(null, null, null, null, reason, null, null, null));
        take(transitions.cancel(progress, reason, now));
        return this;
    }

    /** A person steps in. */
    public Dialogue<D> operator(OperatorMove move, String reason) {
        told.add("is told " + move + ": " + reason);
        scenes.add(new Scene(null, null, null, null, null, move, reason, null));
        take(transitions.operate(progress, move, reason, now));
        return this;
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

    /** The saga has this status now. */
    public Dialogue<D> is(SagaStatus status) {
        if (progress.status() != status) {
            throw wrong("is " + status);
        }
        return this;
    }

    /** The saga has sent nothing more than what the dialogue told, and has this status. */
    public Dialogue<D> ends(SagaStatus status) {
        if (!open.isEmpty() || progress.status() != status) {
            throw wrong("ends " + status);
        }
        scenes.add(new Scene(null, null, null, null, null, null, null, status));
        return this;
    }

    /** What the saga knows by now. */
    public D draft() {
        return progress.draft();
    }

    /** How far the saga has come by now. */
    public Progress<D> progress() {
        return progress;
    }

    D beginning() {
        return beginning;
    }

    List<Scene> scenes() {
        return List.copyOf(scenes);
    }

    private Optional<Instant> wakeUp(Instant end) {
        return progress.wakeUpAt().filter(due -> !due.isAfter(end)).map(due -> due.isBefore(now) ? now : due);
    }

    private Outgoing take(List<Outgoing> from, Object command, String does) {
        var asked = from.stream()
                .filter(outgoing -> outgoing.command().equals(command))
                .findFirst()
                .orElseThrow(() -> wrong(does + " " + command));
        from.remove(asked);
        return asked;
    }

    private Dialogue<D> hears(UUID command, Object reply) {
        replies++;
        take(transitions.reply(progress, new Transitions.Reply(new UUID(1, replies), command, reply), now));
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

    /** What was played in one turn, for a {@link Recording}; all but one or two are null. */
    record Scene(
            Object asks,
            Object hears,
            Object late,
            Duration after,
            String cancelled,
            OperatorMove operator,
            String reason,
            SagaStatus ends) {}
}
