package emporium.saga;

import static emporium.saga.Progress.Kind.ACTION;
import static emporium.saga.Progress.Kind.COMPENSATION;
import static emporium.saga.SagaStatus.COMPENSATING;
import static emporium.saga.SagaStatus.RUNNING;

import emporium.messaging.MessageIds;
import emporium.saga.HistoryEntry.Outcome;
import emporium.saga.HistoryEntry.Subject;
import emporium.saga.Progress.Awaited;
import emporium.saga.Transitions.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One decision in the making: starts from the stored progress and collects what follows from a single input. */
final class Turn<D> {

    private final Saga<D> saga;
    private final Progress<D> before;
    private final Instant at;
    private final List<String> begun;
    private final List<Awaited> outstanding;
    private final List<Decision.Outgoing> commands = new ArrayList<>();
    private final List<HistoryEntry> history = new ArrayList<>();
    private SagaStatus status;
    private String step;
    private D draft;

    Turn(Saga<D> saga, Progress<D> before, Instant at) {
        this.saga = saga;
        this.before = before;
        this.at = at;
        begun = new ArrayList<>(before.begun());
        outstanding = new ArrayList<>(before.outstanding());
        status = before.status();
        step = before.step();
        draft = before.draft();
    }

    void started() {
        record(Outcome.STARTED, null);
        forwardFrom(0);
    }

    void ignored(Reply reply) {
        history.add(new HistoryEntry(
                null, Subject.SAGA, reply.body(), Outcome.IGNORED, 0, reply.id(), "answers no command that is out"));
    }

    void succeeded(Awaited awaited, Reply reply) {
        record(awaited, reply, Outcome.SUCCEEDED, null);
        outstanding.remove(awaited);
        if (awaited.kind() == COMPENSATION) {
            begun.remove(awaited.step());
            back();
        } else {
            draft = saga.step(awaited.step()).answered(draft, reply.body());
            forwardFrom(saga.position(awaited.step()) + 1);
        }
    }

    void refused(Awaited awaited, Reply reply, String reason) {
        record(awaited, reply, Outcome.REFUSED, reason);
        outstanding.remove(awaited);
        if (awaited.kind() == COMPENSATION) {
            needsAttention("the compensation of '" + awaited.step() + "' was refused: " + reason);
            return;
        }
        // a refusal says that nothing was done, so there is nothing to undo for this step
        begun.remove(awaited.step());
        draft = saga.refused(draft, reason);
        if (saga.isPastPivot(awaited.step())) {
            needsAttention("'" + awaited.step() + "' was refused after the pivot: " + reason);
        } else {
            back();
        }
    }

    Decision<D> decision() {
        return new Decision<>(
                new Progress<>(before.id(), status, step, List.copyOf(begun), List.copyOf(outstanding), draft),
                List.copyOf(commands),
                List.copyOf(history));
    }

    private void forwardFrom(int position) {
        status = RUNNING;
        for (var next : saga.steps().subList(position, saga.steps().size())) {
            begun.add(next.name());
            if (next.sends()) {
                send(next, ACTION, next.command(draft));
                return;
            }
        }
        end(SagaStatus.COMPLETED, Outcome.COMPLETED);
    }

    private void back() {
        status = COMPENSATING;
        while (!begun.isEmpty()) {
            var last = saga.step(begun.getLast());
            if (last.compensates()) {
                send(last, COMPENSATION, last.compensation(draft));
                return;
            }
            begun.removeLast();
        }
        end(SagaStatus.COMPENSATED, Outcome.COMPENSATED);
    }

    private void send(Step<D> to, Progress.Kind kind, Object command) {
        step = to.name();
        var attempt = 1;
        var id = MessageIds.derived(before.id(), to.name() + "/" + kind + "/" + attempt, at);
        outstanding.add(new Awaited(id, to.name(), kind, attempt));
        commands.add(new Decision.Outgoing(id, command));
        history.add(new HistoryEntry(to.name(), subject(kind), command, Outcome.SENT, attempt, id, null));
    }

    private void needsAttention(String why) {
        status = SagaStatus.NEEDS_ATTENTION;
        record(Outcome.NEEDS_ATTENTION, why);
    }

    private void end(SagaStatus end, Outcome outcome) {
        status = end;
        step = null;
        record(outcome, null);
    }

    private void record(Outcome outcome, String detail) {
        history.add(new HistoryEntry(null, Subject.SAGA, null, outcome, 0, null, detail));
    }

    private void record(Awaited awaited, Reply reply, Outcome outcome, String detail) {
        history.add(new HistoryEntry(
                awaited.step(), subject(awaited.kind()), reply.body(), outcome, awaited.attempt(), reply.id(), detail));
    }

    private static Subject subject(Progress.Kind kind) {
        return kind == ACTION ? Subject.ACTION : Subject.COMPENSATION;
    }
}
