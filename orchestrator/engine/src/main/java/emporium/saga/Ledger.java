package emporium.saga;

import emporium.saga.HistoryEntry.Outcome;
import emporium.saga.HistoryEntry.Subject;
import emporium.saga.Progress.Awaited;
import emporium.saga.Progress.Kind;
import emporium.saga.Progress.State;
import emporium.saga.Transitions.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What one decision writes down: begun steps, commands that are out, commands to send, history. Knows no rule. */
final class Ledger<D> {

    private final Saga<D> saga;
    private final UUID id;
    private final Instant at;
    private final List<String> begun;
    private final List<Awaited> outstanding;
    private final List<Decision.Outgoing> commands = new ArrayList<>();
    private final List<HistoryEntry> history = new ArrayList<>();

    Ledger(Saga<D> saga, Progress<D> before, Instant at) {
        this.saga = saga;
        this.id = before.id();
        this.at = at;
        begun = new ArrayList<>(before.begun());
        outstanding = new ArrayList<>(before.outstanding());
    }

    List<String> begun() {
        return begun;
    }

    List<Awaited> outstanding() {
        return outstanding;
    }

    List<Decision.Outgoing> commands() {
        return commands;
    }

    List<HistoryEntry> history() {
        return history;
    }

    boolean awaitsAnswers() {
        return !outstanding.isEmpty();
    }

    boolean isStuck() {
        return outstanding.stream().anyMatch(awaited -> awaited.state() == State.STUCK);
    }

    /** The first of the steps that are waited for, in the order of the definition. */
    String step() {
        return outstanding.isEmpty() ? null : outstanding.getFirst().step();
    }

    void send(Step<D> step, Kind kind, D draft) {
        var sending = idOf(step.name(), kind, 1);
        outstanding.add(Awaited.sent(sending, step.name(), kind, at, at.plus(saga.deadline(step))));
        sent(sending, step, kind, 1, draft);
    }

    /** The next deadline leaves more time with every failure: a receiver that is away is not buried under repetitions. */
    void sendAgain(Awaited awaited, Retry retry, D draft) {
        var step = saga.step(awaited.step());
        var attempt = awaited.attempt() + 1;
        var sending = idOf(step.name(), awaited.kind(), attempt);
        var pause = awaited.failures() == 0 ? Duration.ZERO : retry.pause(awaited.failures(), sending);
        replace(awaited.sentAgain(sending, at.plus(saga.deadline(step)).plus(pause)));
        sent(sending, step, awaited.kind(), attempt, draft);
    }

    void rest(Awaited awaited, Retry retry) {
        replace(awaited.resting(at.plus(retry.pause(awaited.failures(), awaited.command()))));
    }

    void stick(Awaited awaited, String why) {
        replace(awaited.stuck());
        record(HistoryEntry.ofSaga(Outcome.NEEDS_ATTENTION, why));
    }

    Awaited timedOut(Awaited awaited) {
        record(awaited, Outcome.TIMED_OUT, null);
        var late = awaited.timedOut();
        replace(late);
        return late;
    }

    void settle(Awaited awaited) {
        outstanding.removeIf(other -> other.is(awaited.step(), awaited.kind()));
    }

    void record(HistoryEntry entry) {
        history.add(entry);
    }

    void record(Awaited awaited, Reply reply, Outcome outcome, String detail) {
        record(entry(awaited, reply.body(), reply.id(), outcome, detail));
    }

    void record(Awaited awaited, Outcome outcome, String detail) {
        record(entry(awaited, null, awaited.command(), outcome, detail));
    }

    private void sent(UUID sending, Step<D> step, Kind kind, int attempt, D draft) {
        var command = kind == Kind.ACTION ? step.command(draft) : step.compensation(draft);
        commands.add(new Decision.Outgoing(sending, command));
        record(new HistoryEntry(step.name(), subject(kind), command, Outcome.SENT, attempt, sending, null));
    }

    private void replace(Awaited by) {
        outstanding.replaceAll(other -> other.is(by.step(), by.kind()) ? by : other);
    }

    private UUID idOf(String step, Kind kind, int attempt) {
        return Awaited.idOf(id, step, kind, attempt, at);
    }

    private static HistoryEntry entry(Awaited awaited, Object message, UUID messageId, Outcome outcome, String detail) {
        return new HistoryEntry(
                awaited.step(), subject(awaited.kind()), message, outcome, awaited.attempt(), messageId, detail);
    }

    private static Subject subject(Kind kind) {
        return kind == Kind.ACTION ? Subject.ACTION : Subject.COMPENSATION;
    }
}
