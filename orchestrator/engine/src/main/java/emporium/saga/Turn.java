package emporium.saga;

import static emporium.saga.Progress.Kind.ACTION;
import static emporium.saga.Progress.Kind.COMPENSATION;
import static emporium.saga.SagaStatus.COMPENSATED;
import static emporium.saga.SagaStatus.COMPENSATING;
import static emporium.saga.SagaStatus.COMPLETED;
import static emporium.saga.SagaStatus.NEEDS_ATTENTION;
import static emporium.saga.SagaStatus.RESOLVED;
import static emporium.saga.SagaStatus.RUNNING;

import emporium.saga.HistoryEntry.Outcome;
import emporium.saga.Progress.Awaited;
import emporium.saga.Progress.State;
import emporium.saga.Transitions.Reply;
import java.time.Instant;
import java.util.List;

/** One decision in the making: the rules by which a single input changes the stored progress. */
final class Turn<D> {

    private final Saga<D> saga;
    private final Progress<D> before;
    private final Instant at;
    private final Ledger<D> ledger;
    private boolean back;
    private SagaStatus end;
    private Instant deadline;
    private String cancelled;
    private D draft;

    Turn(Saga<D> saga, Progress<D> before, Instant at) {
        this.saga = saga;
        this.before = before;
        this.at = at;
        ledger = new Ledger<>(saga, before, at);
        back = before.goesBack();
        end = before.status().isFinal() ? before.status() : null;
        deadline = before.deadline();
        cancelled = before.cancelled();
        draft = before.draft();
    }

    void started() {
        ledger.record(HistoryEntry.ofSaga(Outcome.STARTED, null));
        forwardFrom(0);
    }

    void ignored(Reply reply) {
        ledger.record(HistoryEntry.ignored(reply, "answers no command that is out"));
    }

    void succeeded(Awaited awaited, Reply reply) {
        ledger.record(awaited, reply, Outcome.SUCCEEDED, null);
        if (awaited.kind() == ACTION) {
            draft = saga.step(awaited.step()).answered(draft, reply.body());
        }
        done(awaited);
    }

    void refused(Awaited awaited, Reply reply, String reason) {
        ledger.record(awaited, reply, Outcome.REFUSED, reason);
        if (awaited.kind() == COMPENSATION) {
            undoLater(awaited, reply, saga.step(awaited.step()).undoing(), "was refused: " + reason);
        } else if (isPastPivot(awaited)) {
            ledger.stick(awaited, "'" + awaited.step() + "' was refused after the pivot: " + reason);
        } else {
            refusedBeforePivot(awaited, reason);
        }
    }

    /** Nothing is known of the outcome, so the step may have been done. */
    void failed(Awaited awaited, Reply reply, Retry retry) {
        ledger.record(awaited, reply, Outcome.FAILED, null);
        if (awaited.kind() == COMPENSATION) {
            undoLater(awaited, reply, retry, "failed");
        } else if (back) {
            giveUp(awaited);
        } else if (isLastSending(awaited, reply)) {
            var failed = awaited.failed();
            if (isExhausted(failed, retry) && !isPastPivot(failed)) {
                ledger.settle(failed);
                turnRoundFailed("'" + failed.step() + "' failed " + failed.failures() + " times");
            } else {
                ledger.rest(failed, retry);
            }
        }
    }

    void woken() {
        if (deadline != null && !deadline.isAfter(at)) {
            deadline = null;
            takesTooLong();
        }
        for (var awaited : List.copyOf(ledger.outstanding())) {
            // what came before in this turn may have changed or settled it
            if (awaited.isDue(at) && ledger.outstanding().contains(awaited)) {
                due(awaited);
            }
        }
    }

    void cancelled(String reason) {
        if (end != null) {
            return;
        }
        if (!back && isPastPivot()) {
            cancelled = reason;
            ledger.record(HistoryEntry.ofSaga(Outcome.CANCEL_REMEMBERED, reason));
            return;
        }
        ledger.record(HistoryEntry.ofSaga(Outcome.CANCELLED, reason));
        draft = saga.cancelled(draft, reason);
        if (!back) {
            goBack();
        }
    }

    void operated(OperatorMove move, String reason) {
        if (!allows(move)) {
            throw new MoveRefused("The saga cannot be " + move.done() + ": it is " + state() + ".");
        }
        switch (move) {
            case RETRY -> retried(reason);
            case SKIP -> skipped(reason);
            case RESOLVE -> resolved(reason);
            case CANCEL -> {
                ledger.record(HistoryEntry.ofOperator(Outcome.CANCELLED, reason));
                draft = saga.cancelled(draft, reason);
                goBack();
            }
        }
    }

    Decision<D> decision() {
        var progress = new Progress<>(
                before.id(),
                status(),
                end == null ? ledger.step() : null,
                List.copyOf(ledger.begun()),
                List.copyOf(ledger.outstanding()),
                end == null ? deadline : null,
                cancelled,
                draft);
        return new Decision<>(progress, List.copyOf(ledger.commands()), List.copyOf(ledger.history()));
    }

    private SagaStatus status() {
        if (end != null) {
            return end;
        }
        if (ledger.isStuck()) {
            return NEEDS_ATTENTION;
        }
        return back ? COMPENSATING : RUNNING;
    }

    private void done(Awaited awaited) {
        ledger.settle(awaited);
        if (awaited.kind() == COMPENSATION) {
            ledger.begun().remove(awaited.step());
        }
        if (ledger.awaitsAnswers()) {
            return;
        }
        if (back) {
            undoNext();
        } else {
            forwardFrom(saga.stage(awaited.step()) + 1);
        }
    }

    private void forwardFrom(int first) {
        for (var stage = first; !saga.stage(stage).isEmpty(); stage++) {
            for (var step : saga.stage(stage)) {
                ledger.begun().add(step.name());
                if (step.sends()) {
                    ledger.send(step, ACTION, draft);
                }
            }
            if (ledger.awaitsAnswers()) {
                return;
            }
        }
        ends(COMPLETED, Outcome.COMPLETED);
    }

    private void refusedBeforePivot(Awaited awaited, String reason) {
        ledger.settle(awaited);
        // The refusal of an only sending says that nothing was done. With several, another one may yet be taken.
        if (awaited.attempt() == 1) {
            ledger.begun().remove(awaited.step());
        }
        if (back) {
            undoWhenAllHaveAnswered();
        } else {
            turnRound(reason);
        }
    }

    private void turnRound(String reason) {
        draft = saga.refused(draft, reason);
        ledger.record(HistoryEntry.ofSaga(Outcome.TURNED, reason));
        goBack();
    }

    /** Nobody has said no, but it cannot go on. */
    private void turnRoundFailed(String why) {
        draft = saga.failed(draft, why);
        ledger.record(HistoryEntry.ofSaga(Outcome.TURNED, why));
        goBack();
    }

    /** Commands that are out are still answered; what is late or has failed is no longer waited for. */
    private void goBack() {
        back = true;
        ledger.outstanding().removeIf(Awaited::isTroubled);
        undoWhenAllHaveAnswered();
    }

    private void undoWhenAllHaveAnswered() {
        if (!ledger.awaitsAnswers()) {
            undoNext();
        }
    }

    private void undoNext() {
        while (!ledger.begun().isEmpty()) {
            var last = saga.step(ledger.begun().getLast());
            if (last.compensates()) {
                ledger.send(last, COMPENSATION, draft);
                return;
            }
            ledger.begun().removeLast();
        }
        ends(COMPENSATED, Outcome.COMPENSATED);
    }

    private void giveUp(Awaited awaited) {
        ledger.settle(awaited);
        undoWhenAllHaveAnswered();
    }

    private void undoLater(Awaited awaited, Reply reply, Retry retry, String why) {
        if (!isLastSending(awaited, reply)) {
            return;
        }
        var failed = awaited.failed();
        if (isExhausted(failed, saga.step(failed.step()).undoing())) {
            ledger.stick(failed, "the compensation of '" + failed.step() + "' " + why);
        } else {
            ledger.rest(failed, retry);
        }
    }

    private void due(Awaited awaited) {
        if (awaited.state() == State.RESTING) {
            ledger.sendAgain(awaited, retry(awaited), draft);
            return;
        }
        var late = ledger.timedOut(awaited);
        if (late.kind() == COMPENSATION) {
            compensationIsLate(late);
        } else if (back) {
            giveUp(late);
        } else {
            actionIsLate(late);
        }
    }

    private void compensationIsLate(Awaited late) {
        if (isExhausted(late, retry(late))) {
            ledger.stick(
                    late, "the compensation of '" + late.step() + "' was not answered " + late.failures() + " times");
        } else {
            ledger.sendAgain(late, retry(late), draft);
        }
    }

    private void actionIsLate(Awaited late) {
        var step = saga.step(late.step());
        switch (step.lateness()) {
            case SEND_AGAIN -> {
                if (isExhausted(late, step.retry()) && !isPastPivot(late)) {
                    turnRoundFailed("'" + late.step() + "' did not answer in time");
                } else {
                    ledger.sendAgain(late, step.retry(), draft);
                }
            }
            case COMPENSATE -> turnRoundFailed("'" + late.step() + "' did not answer in time");
            case ATTENTION -> ledger.stick(late, "'" + late.step() + "' did not answer in time");
        }
    }

    private void takesTooLong() {
        var why = "it takes longer than " + saga.deadline().orElseThrow();
        if (back || isPastPivot()) {
            ledger.record(HistoryEntry.ofSaga(Outcome.LATE, why));
        } else {
            turnRoundFailed(why);
        }
    }

    private boolean allows(OperatorMove move) {
        return end == null
                && switch (move) {
                    case RETRY, SKIP, RESOLVE -> !before.troubled().isEmpty();
                    case CANCEL -> !back && !isPastPivot();
                };
    }

    private void retried(String reason) {
        ledger.record(HistoryEntry.ofOperator(Outcome.RETRIED, reason));
        before.troubled().forEach(awaited -> ledger.sendAgain(awaited.givenAnotherChance(), retry(awaited), draft));
    }

    private void skipped(String reason) {
        ledger.record(HistoryEntry.ofOperator(Outcome.SKIPPED, reason));
        before.troubled().forEach(this::done);
    }

    private void resolved(String reason) {
        ledger.outstanding().clear();
        end = RESOLVED;
        ledger.record(HistoryEntry.ofOperator(Outcome.RESOLVED, reason));
    }

    private String state() {
        if (end != null) {
            return end.name();
        }
        var pivot = !back && isPastPivot() ? ", past its pivot" : "";
        return before.status() + " at '" + before.step() + "'" + pivot;
    }

    private boolean isPastPivot() {
        return before.begun().isEmpty()
                ? saga.isPastPivot(0)
                : saga.isPastPivot(saga.stage(before.begun().getLast()));
    }

    private boolean isPastPivot(Awaited awaited) {
        return saga.isPastPivot(saga.stage(awaited.step()));
    }

    private Retry retry(Awaited awaited) {
        var step = saga.step(awaited.step());
        return awaited.kind() == COMPENSATION ? step.undoing() : step.retry();
    }

    private static boolean isExhausted(Awaited awaited, Retry retry) {
        return awaited.failures() >= retry.attempts();
    }

    /** While a later sending is out, or nothing more will be sent, an answer to an earlier one decides nothing. */
    private static boolean isLastSending(Awaited awaited, Reply reply) {
        return awaited.command().equals(reply.command()) && awaited.state() == State.OUT;
    }

    private void ends(SagaStatus how, Outcome outcome) {
        end = how;
        ledger.record(HistoryEntry.ofSaga(outcome, null));
    }
}
