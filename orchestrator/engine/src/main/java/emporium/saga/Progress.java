package emporium.saga;

import emporium.messaging.MessageIds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How far one saga has come: all that the engine has to know to go on. Steps are known by name.
 *
 * @param id the saga; a UUIDv7
 * @param step where it stands, for people to see; null when it has ended
 * @param begun the steps that were or may have been done and not undone since, in their order
 * @param outstanding the commands whose replies are awaited
 * @param deadline when the whole saga should have ended; null when it has none, or when that has passed
 * @param cancelled why it was to be cancelled when it was past its pivot; null when nobody wanted that
 */
public record Progress<D>(
        UUID id,
        SagaStatus status,
        String step,
        List<String> begun,
        List<Awaited> outstanding,
        Instant deadline,
        String cancelled,
        D draft) {

    Optional<Awaited> awaited(UUID command) {
        return outstanding.stream()
                .filter(awaited -> awaited.isSentAs(command, id))
                .findFirst();
    }

    /** Whether it goes back: a saga that needs attention goes whichever way its stuck command goes. */
    boolean goesBack() {
        return status == SagaStatus.COMPENSATING
                || outstanding.stream().anyMatch(awaited -> awaited.kind() == Kind.COMPENSATION);
    }

    /** When something has to be done if no answer comes before; empty when only an answer or a person can help. */
    public Optional<Instant> wakeUpAt() {
        return Stream.concat(outstanding.stream().map(Awaited::due), Stream.of(Optional.ofNullable(deadline)))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /** What a person may have to do something about: stuck, failed, or not answered in time. */
    List<Awaited> troubled() {
        return outstanding.stream().filter(Awaited::isTroubled).toList();
    }

    /**
     * A command that is out.
     *
     * @param command message id of the last sending; an answer to any sending counts
     * @param attempt which sending this is, from 1
     * @param failures sendings that failed or were not answered in time, since the first or since a person's retry
     * @param since when it was sent first
     * @param next when it is late, or sent again; null when a person has to decide
     * @param late whether a deadline of it has passed
     */
    public record Awaited(
            UUID command,
            String step,
            Kind kind,
            int attempt,
            int failures,
            State state,
            Instant since,
            Instant next,
            boolean late) {

        static Awaited sent(UUID command, String step, Kind kind, Instant at, Instant due) {
            return new Awaited(command, step, kind, 1, 0, State.OUT, at, due, false);
        }

        /** The message id of a sending: it tells by itself what it is, so that earlier ones need not be kept. */
        static UUID idOf(UUID saga, String step, Kind kind, int attempt, Instant at) {
            return MessageIds.derived(saga, step + "/" + kind + "/" + attempt, at);
        }

        boolean isSentAs(UUID id, UUID saga) {
            return command.equals(id)
                    || IntStream.rangeClosed(1, attempt)
                            .anyMatch(sending -> idOf(saga, step, kind, sending, MessageIds.timeOf(id))
                                    .equals(id));
        }

        boolean isTroubled() {
            return state != State.OUT || late;
        }

        Optional<Instant> due() {
            return Optional.ofNullable(next);
        }

        boolean isDue(Instant at) {
            return next != null && !next.isAfter(at);
        }

        boolean is(String otherStep, Kind otherKind) {
            return step.equals(otherStep) && kind == otherKind;
        }

        Awaited sentAgain(UUID id, Instant due) {
            return new Awaited(id, step, kind, attempt + 1, failures, State.OUT, since, due, late);
        }

        Awaited failed() {
            return new Awaited(command, step, kind, attempt, failures + 1, state, since, next, late);
        }

        Awaited timedOut() {
            return new Awaited(command, step, kind, attempt, failures + 1, state, since, next, true);
        }

        Awaited resting(Instant until) {
            return new Awaited(command, step, kind, attempt, failures, State.RESTING, since, until, late);
        }

        Awaited stuck() {
            return new Awaited(command, step, kind, attempt, failures, State.STUCK, since, null, late);
        }

        Awaited givenAnotherChance() {
            return new Awaited(command, step, kind, attempt, 0, state, since, next, late);
        }
    }

    /** Which of a step's commands. */
    public enum Kind {
        ACTION,
        COMPENSATION
    }

    /** How a command stands whose reply is awaited. */
    public enum State {
        /** Sent, and not late. */
        OUT,
        /** Has failed, and is sent again after a pause. */
        RESTING,
        /** Sent for the last time: a late answer still counts, else a person decides. */
        STUCK
    }
}
