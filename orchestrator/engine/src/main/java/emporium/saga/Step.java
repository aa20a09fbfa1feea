package emporium.saga;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * One step of a {@link Saga}, shaped inside {@link Saga#step(String, java.util.function.Consumer)} and fixed from then
 * on. Its functions are pure: the engine calls them again when a transaction is repeated.
 */
public final class Step<D> {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final String name;
    private final List<OnReply<D, ?>> onReply = new ArrayList<>();
    private final List<OnFailure> onFailure = new ArrayList<>();
    private CommandOf<D, ?> send;
    private CommandOf<D, ?> compensate;
    private boolean pivot;
    private Duration deadline = DEADLINE;
    private Lateness lateness = Lateness.SEND_AGAIN;
    private Retry retry = Retry.OF_ACTIONS;
    private Retry undoing = Retry.OF_COMPENSATIONS;

    Step(String name) {
        this.name = name;
    }

    /** The command that does the step; a step without one is done as soon as it is reached. */
    public <C> Step<D> send(CommandOf<D, C> command) {
        send = Objects.requireNonNull(command, "command");
        return this;
    }

    /** What the draft learns from this reply. A reply that is not declared is a success that teaches nothing. */
    public <R> Step<D> onReply(Class<R> type, BiFunction<? super D, ? super R, ? extends D> change) {
        onReply.add(new OnReply<>(type, change));
        return this;
    }

    /**
     * The command that undoes the step. It is also sent when it is not known whether the step was done, so its
     * receiver accepts it before, and without, the command it undoes.
     */
    public <C> Step<D> compensate(CommandOf<D, C> command) {
        compensate = Objects.requireNonNull(command, "command");
        return this;
    }

    /** From the success of this step, and of those beside it, there is only forward. */
    public Step<D> pivot() {
        pivot = true;
        return this;
    }

    /** How long an answer may take, to the command and to its compensation; a minute when not given. */
    public Step<D> deadline(Duration within) {
        deadline = within;
        return this;
    }

    /** As {@link #deadline(Duration)}, and what it means when the command is not answered by then. */
    public Step<D> deadline(Duration within, Lateness then) {
        lateness = Objects.requireNonNull(then, "lateness");
        return deadline(within);
    }

    /** How often and how soon the command is sent again when no answer comes. */
    public Step<D> retry(Retry silence) {
        retry = Objects.requireNonNull(silence, "retry");
        return this;
    }

    /**
     * Replies of this class are technical failures of command or compensation: nothing is known of the outcome, and
     * the command is sent again after a pause.
     */
    public Step<D> retryOn(Class<?> failure, Retry again) {
        onFailure.add(new OnFailure(failure, again));
        return this;
    }

    /** How often a compensation that is refused, failed or not answered is sent again before a person has to look. */
    public Step<D> retryCompensation(Retry again) {
        undoing = Objects.requireNonNull(again, "retry");
        return this;
    }

    String name() {
        return name;
    }

    boolean sends() {
        return send != null;
    }

    boolean compensates() {
        return compensate != null;
    }

    boolean isPivot() {
        return pivot;
    }

    Duration deadline() {
        return deadline;
    }

    Lateness lateness() {
        return lateness;
    }

    Retry retry() {
        return retry;
    }

    Retry undoing() {
        return undoing;
    }

    /** How to go on after this reply, if it is a technical failure. */
    Optional<Retry> retryAfter(Object reply) {
        return onFailure.stream()
                .filter(declared -> declared.type.isInstance(reply))
                .map(OnFailure::retry)
                .findFirst();
    }

    Object command(D draft) {
        return made(send.make(draft));
    }

    Object compensation(D draft) {
        return made(compensate.make(draft));
    }

    D answered(D draft, Object reply) {
        return onReply.stream()
                .filter(declared -> declared.type.isInstance(reply))
                .findFirst()
                .<D>map(declared -> declared.apply(draft, reply))
                .orElse(draft);
    }

    /** The types of command and compensation, as far as they can be known. */
    List<Class<?>> commandTypes(ClassLoader loader) {
        return Stream.of(send, compensate)
                .filter(Objects::nonNull)
                .flatMap(command -> CommandTypes.of(command, loader).stream())
                .toList();
    }

    /** The replies that the step tells apart. */
    List<Class<?>> replyTypes() {
        return Stream.<Class<?>>concat(
                        onReply.stream().map(OnReply::type), onFailure.stream().map(OnFailure::type))
                .toList();
    }

    /** What makes this step unusable in any saga. */
    Optional<String> flaw() {
        if (!sends() && !compensates()) {
            return Optional.of("neither sends nor compensates");
        }
        if (!sends() && !onReply.isEmpty()) {
            return Optional.of("awaits a reply but sends nothing");
        }
        if (deadline.isNegative() || deadline.isZero()) {
            return Optional.of("has a deadline that leaves no time");
        }
        return replyTypes().stream().distinct().count() == replyTypes().size()
                ? Optional.empty()
                : Optional.of("declares a reply twice");
    }

    private Object made(Object command) {
        return Objects.requireNonNull(command, () -> "the step '" + name + "' made no command");
    }

    private record OnReply<D, R>(Class<R> type, BiFunction<? super D, ? super R, ? extends D> change) {

        D apply(D draft, Object reply) {
            return change.apply(draft, type.cast(reply));
        }
    }

    private record OnFailure(Class<?> type, Retry retry) {}
}
