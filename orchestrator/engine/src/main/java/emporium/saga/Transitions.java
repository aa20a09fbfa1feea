package emporium.saga;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The pure core of the engine: from progress and an input to a decision, without clock, chance or I/O. Of the time that
 * it is given it makes the ids of commands and the times of deadlines.
 */
public final class Transitions<D> {

    private final Saga<D> saga;
    private final Function<Object, Optional<String>> refusals;

    /** @param refusals the reason, if the reply is a business <em>no</em> */
    public Transitions(Saga<D> saga, Function<Object, Optional<String>> refusals) {
        this.saga = saga;
        this.refusals = refusals;
    }

    public Decision<D> start(UUID id, D draft, Instant at) {
        var deadline = saga.deadline().map(at::plus).orElse(null);
        var nothing = new Progress<>(id, SagaStatus.RUNNING, null, List.of(), List.of(), deadline, null, draft);
        var turn = new Turn<>(saga, nothing, at);
        turn.started();
        return turn.decision();
    }

    /** A reply counts only if it answers a command that is out; any other is recorded and changes nothing. */
    public Decision<D> reply(Progress<D> progress, Reply reply, Instant at) {
        var turn = new Turn<>(saga, progress, at);
        progress.awaited(reply.command())
                .ifPresentOrElse(awaited -> answered(turn, awaited, reply), () -> turn.ignored(reply));
        return turn.decision();
    }

    /** Does what is due at this time: deadlines that have passed, commands whose pause is over. */
    public Decision<D> wake(Progress<D> progress, Instant at) {
        var turn = new Turn<>(saga, progress, at);
        turn.woken();
        return turn.decision();
    }

    /**
     * The business wants it undone. Before the pivot that turns the saga round; past the pivot it is remembered, for
     * whoever hears of the end; a saga that has ended is left as it is.
     */
    public Decision<D> cancel(Progress<D> progress, String reason, Instant at) {
        var turn = new Turn<>(saga, progress, at);
        turn.cancelled(reason);
        return turn.decision();
    }

    /** @throws MoveRefused naming the state that does not allow it */
    public Decision<D> operate(Progress<D> progress, OperatorMove move, String reason, Instant at) {
        var turn = new Turn<>(saga, progress, at);
        turn.operated(move, reason);
        return turn.decision();
    }

    private void answered(Turn<D> turn, Progress.Awaited awaited, Reply reply) {
        var failure = saga.step(awaited.step()).retryAfter(reply.body());
        if (failure.isPresent()) {
            turn.failed(awaited, reply, failure.get());
            return;
        }
        refusals.apply(reply.body())
                .ifPresentOrElse(reason -> turn.refused(awaited, reply, reason), () -> turn.succeeded(awaited, reply));
    }

    /**
     * A reply as the engine sees it.
     *
     * @param id its message id
     * @param command the message id of the command that it answers
     */
    public record Reply(UUID id, UUID command, Object body) {}
}
