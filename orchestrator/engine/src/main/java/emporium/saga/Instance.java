package emporium.saga;

import emporium.messaging.MessageContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** One saga while its row is locked: takes inputs, and collects what is to be written and sent for them. */
final class Instance<D> {

    /** How long a finished saga stays where late replies are looked for first. */
    private static final Duration LINGERS = Duration.ofSeconds(10);

    private final Saga<D> saga;
    private final UUID businessKey;
    private final UUID correlation;
    private final String traceparent;
    private final Progress<D> stored;
    private final Instant storedWakeUp;
    private final boolean archived;
    private final List<Line> history = new ArrayList<>();
    private final List<Sending> sendings = new ArrayList<>();
    private Progress<D> progress;
    private Cause lastCause;
    private int version;

    private Instance(
            Saga<D> saga,
            UUID businessKey,
            UUID correlation,
            String traceparent,
            Progress<D> stored,
            int version,
            Instant wakeUp,
            boolean archived) {
        this.saga = saga;
        this.businessKey = businessKey;
        this.correlation = correlation;
        this.traceparent = traceparent;
        this.stored = stored;
        this.progress = stored;
        this.version = version;
        this.storedWakeUp = wakeUp;
        this.archived = archived;
    }

    static <D> Instance<D> stored(
            Saga<D> saga,
            UUID businessKey,
            UUID correlation,
            String traceparent,
            Progress<D> progress,
            int version,
            Instant wakeUp) {
        return new Instance<>(saga, businessKey, correlation, traceparent, progress, version, wakeUp, false);
    }

    /** One that has ended and left the hot table: its draft is gone, and nothing but its history grows. */
    static <D> Instance<D> archived(Saga<D> saga, UUID businessKey, UUID id, SagaStatus status, int version) {
        var progress = new Progress<D>(id, status, null, List.of(), List.of(), null, null, null);
        return new Instance<>(saga, businessKey, null, null, progress, version, null, true);
    }

    static <D> Instance<D> started(Saga<D> saga, UUID businessKey, Decision<D> decision, Cause cause) {
        var begun = decision.progress();
        var nothing =
                new Progress<>(begun.id(), SagaStatus.RUNNING, null, List.of(), List.of(), null, null, begun.draft());
        var context = cause.context();
        var instance = new Instance<>(
                saga, businessKey, context.correlationId(), context.traceparent(), nothing, 0, null, false);
        instance.take(decision, cause);
        return instance;
    }

    void reply(Transitions<D> transitions, Transitions.Reply reply, Cause cause) {
        take(transitions.reply(progress, reply, cause.at()), cause);
    }

    void wake(Transitions<D> transitions, Instant at) {
        take(transitions.wake(progress, at), new Cause(at, new MessageContext(correlation, null, traceparent, null)));
    }

    void cancel(Transitions<D> transitions, String reason, Cause cause) {
        take(transitions.cancel(progress, reason, cause.at()), cause);
    }

    void operate(Transitions<D> transitions, OperatorMove move, String reason, Cause cause) {
        take(transitions.operate(progress, move, reason, cause.at()), cause);
    }

    Saga<D> saga() {
        return saga;
    }

    UUID id() {
        return progress.id();
    }

    UUID businessKey() {
        return businessKey;
    }

    /** Of the message that began it: what deadlines lead to belongs to the same story. */
    UUID correlation() {
        return correlation;
    }

    /** Of the message that began it, like {@link #correlation}; or null. */
    String traceparent() {
        return traceparent;
    }

    Progress<D> progress() {
        return progress;
    }

    int version() {
        return version;
    }

    boolean isArchived() {
        return archived;
    }

    boolean draftChanged() {
        return !Objects.equals(progress.draft(), stored.draft());
    }

    boolean wasFinal() {
        return stored.status().isFinal();
    }

    boolean hasEnded() {
        return !stored.status().isFinal() && progress.status().isFinal();
    }

    Ended ended() {
        return new Ended(
                id(),
                saga.name(),
                saga.version(),
                businessKey,
                progress.status(),
                progress.cancelled(),
                progress.draft(),
                lastCause.at(),
                lastCause.context());
    }

    /** Whether something in it has taken longer than it may: a command, or the saga as a whole. */
    boolean isLate() {
        var overdue = saga.deadline().isPresent() && progress.deadline() == null;
        return !progress.status().isFinal()
                && (overdue || progress.outstanding().stream().anyMatch(Progress.Awaited::late));
    }

    /**
     * When to look at it at the latest. What is stored is kept as long as it is not too late: an index that changed with
     * every reply would cost more than looking once too early.
     */
    Instant wakeUpAt(Instant now) {
        var wanted = progress.status().isFinal()
                ? now.plus(LINGERS)
                : progress.wakeUpAt().orElse(null);
        var keep = wanted != null && storedWakeUp != null && storedWakeUp.isAfter(now) && !storedWakeUp.isAfter(wanted);
        return keep ? storedWakeUp : wanted;
    }

    List<Line> history() {
        return history;
    }

    /** On whose behalf the last of them was written. */
    MessageContext lastContext() {
        return lastCause.context();
    }

    List<Sending> sendings() {
        return sendings;
    }

    /** The commands that were answered or given up since it was locked, as they were then. */
    List<Progress.Awaited> settled() {
        return stored.outstanding().stream()
                .filter(before ->
                        progress.outstanding().stream().noneMatch(now -> now.is(before.step(), before.kind())))
                .toList();
    }

    private void take(Decision<D> decision, Cause cause) {
        progress = decision.progress();
        lastCause = cause;
        decision.history().forEach(entry -> history.add(new Line(id(), ++version, cause.at(), entry)));
        decision.commands().forEach(command -> sendings.add(new Sending(id(), command, cause.context())));
    }

    /** When and on whose behalf something is decided. */
    record Cause(Instant at, MessageContext context) {}

    /** A history entry in its place. */
    record Line(UUID saga, int seq, Instant at, HistoryEntry entry) {}

    /** A command on its way out. */
    record Sending(UUID saga, Decision.Outgoing command, MessageContext context) {}
}
