package emporium.saga;

import emporium.messaging.MessageContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One saga while its row is locked: takes inputs, and collects what is to be written and sent for them. */
final class Instance<D> {

    private final Saga<D> saga;
    private final UUID businessKey;
    private final D storedDraft;
    private final List<Line> history = new ArrayList<>();
    private final List<Sending> sendings = new ArrayList<>();
    private Progress<D> progress;
    private int version;

    Instance(Saga<D> saga, UUID businessKey, Progress<D> progress, int version) {
        this.saga = saga;
        this.businessKey = businessKey;
        this.storedDraft = progress.draft();
        this.progress = progress;
        this.version = version;
    }

    static <D> Instance<D> started(Saga<D> saga, UUID businessKey, Decision<D> decision, Cause cause) {
        var instance = new Instance<>(saga, businessKey, decision.progress(), 0);
        instance.take(decision, cause);
        return instance;
    }

    void reply(Transitions<D> transitions, Transitions.Reply reply, Cause cause) {
        take(transitions.reply(progress, reply, cause.at()), cause);
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

    Progress<D> progress() {
        return progress;
    }

    int version() {
        return version;
    }

    boolean draftChanged() {
        return !progress.draft().equals(storedDraft);
    }

    List<Line> history() {
        return history;
    }

    List<Sending> sendings() {
        return sendings;
    }

    private void take(Decision<D> decision, Cause cause) {
        progress = decision.progress();
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
