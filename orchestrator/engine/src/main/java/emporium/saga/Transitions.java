package emporium.saga;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The pure core of the engine: from progress and an input to a decision, without clock, chance or I/O. The time that
 * it is given goes into the ids of the commands and nowhere else.
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
        var turn = new Turn<>(saga, new Progress<>(id, SagaStatus.RUNNING, null, List.of(), List.of(), draft), at);
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

    private void answered(Turn<D> turn, Progress.Awaited awaited, Reply reply) {
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
