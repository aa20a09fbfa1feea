package emporium.saga;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One step of a {@link Saga}, shaped inside {@link Saga#step(String, java.util.function.Consumer)} and fixed from then
 * on. Its functions are pure: the engine calls them again when a transaction is repeated.
 */
public final class Step<D> {

    private final String name;
    private final List<OnReply<D, ?>> onReply = new ArrayList<>();
    private Function<? super D, ?> send;
    private Function<? super D, ?> compensate;
    private boolean pivot;

    Step(String name) {
        this.name = name;
    }

    /** The command that does the step; a step without one is done as soon as it is reached. */
    public Step<D> send(Function<? super D, ?> command) {
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
    public Step<D> compensate(Function<? super D, ?> command) {
        compensate = Objects.requireNonNull(command, "command");
        return this;
    }

    /** From the success of this step on there is only forward. */
    public Step<D> pivot() {
        pivot = true;
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

    Object command(D draft) {
        return made(send.apply(draft));
    }

    Object compensation(D draft) {
        return made(compensate.apply(draft));
    }

    D answered(D draft, Object reply) {
        return onReply.stream()
                .filter(declared -> declared.type.isInstance(reply))
                .findFirst()
                .<D>map(declared -> declared.apply(draft, reply))
                .orElse(draft);
    }

    /** What makes this step unusable in any saga. */
    Optional<String> flaw() {
        if (!sends() && !compensates()) {
            return Optional.of("neither sends nor compensates");
        }
        if (!sends() && !onReply.isEmpty()) {
            return Optional.of("awaits a reply but sends nothing");
        }
        return onReply.stream().map(OnReply::type).distinct().count() == onReply.size()
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
}
