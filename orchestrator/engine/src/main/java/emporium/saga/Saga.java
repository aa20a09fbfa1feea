package emporium.saga;

import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The definition of a saga: an immutable list of named steps over a draft, the record that knows what is known so far
 * and makes the commands. A definition that cannot work is refused with {@link IllegalArgumentException} as it is
 * written, by the name of the saga and the step; one without steps does not compile.
 *
 * @param <D> the draft; immutable, equal by value, readable and writable as JSON
 */
public final class Saga<D> {

    private static final String NAME = "[a-z][a-z0-9-]{0,62}";

    private final Named<D> heading;
    private final List<Step<D>> steps;

    private Saga(Named<D> heading, List<Step<D>> steps) {
        this.heading = heading;
        this.steps = steps;
    }

    /** Begins a definition. Names are stored with every instance: lower-case letters, digits and hyphens. */
    public static <D> Named<D> named(String name, Class<D> draft) {
        return new Named<>(name, 1, draft, (unchanged, reason) -> unchanged);
    }

    /** Adds a step behind the others. */
    public Saga<D> step(String name, Consumer<Step<D>> shape) {
        var step = new Step<D>(name);
        shape.accept(step);
        check(step);
        return new Saga<>(
                heading, Stream.concat(steps.stream(), Stream.of(step)).toList());
    }

    public String name() {
        return heading.name;
    }

    public int version() {
        return heading.version;
    }

    public Class<D> draft() {
        return heading.draft;
    }

    /** The names of the steps in their order. */
    public List<String> stepNames() {
        return steps.stream().map(Step::name).toList();
    }

    /** How people write it: {@code create-order v1}. */
    @Override
    public String toString() {
        return heading.name + " v" + heading.version;
    }

    List<Step<D>> steps() {
        return steps;
    }

    /** The step of this name, which an instance has stored. */
    Step<D> step(String name) {
        return steps.get(position(name));
    }

    int position(String name) {
        return IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(this + " has no step '" + name + "'"));
    }

    /** Whether the step comes after the pivot, where there is no way back. */
    boolean isPastPivot(String name) {
        return steps.subList(0, position(name)).stream().anyMatch(Step::isPivot);
    }

    D refused(D draft, String reason) {
        return heading.onRefusal.apply(draft, reason);
    }

    private void check(Step<D> step) {
        refuse(step, !step.name().matches(NAME), "is no step name: use lower-case letters, digits and hyphens");
        refuse(step, stepNames().contains(step.name()), "is the name of two steps");
        step.flaw().ifPresent(flaw -> refuse(step, true, flaw));
        var pivot = steps.stream().filter(Step::isPivot).map(Step::name).findFirst();
        refuse(step, pivot.isPresent() && step.isPivot(), "is a second pivot");
        refuse(step, pivot.isPresent() && step.compensates(), "declares a compensation after the pivot");
    }

    private void refuse(Step<D> step, boolean wrong, String why) {
        if (wrong) {
            throw new IllegalArgumentException("saga " + this + ": '" + step.name() + "' " + why);
        }
    }

    /** A definition whose first step is still to be written. */
    public static final class Named<D> {

        private final String name;
        private final int version;
        private final Class<D> draft;
        private final BiFunction<? super D, String, ? extends D> onRefusal;

        private Named(String name, int version, Class<D> draft, BiFunction<? super D, String, ? extends D> onRefusal) {
            if (!name.matches(NAME) || version < 1) {
                throw new IllegalArgumentException("'" + name + "' v" + version
                        + " is no saga: names are lower-case letters, digits and hyphens, versions count from 1");
            }
            this.name = name;
            this.version = version;
            this.draft = Objects.requireNonNull(draft, "draft");
            this.onRefusal = Objects.requireNonNull(onRefusal, "onRefusal");
        }

        /** The version, 1 when not given. An instance is played by the version it began with to its end. */
        public Named<D> version(int version) {
            return new Named<>(name, version, draft, onRefusal);
        }

        /** What the draft learns from a refusal before anything is undone: the reason, for the compensations to tell. */
        public Named<D> onRefusal(BiFunction<? super D, String, ? extends D> change) {
            return new Named<>(name, version, draft, change);
        }

        /** Adds the first step. */
        public Saga<D> step(String name, Consumer<Step<D>> shape) {
            return new Saga<>(this, List.<Step<D>>of()).step(name, shape);
        }
    }
}
