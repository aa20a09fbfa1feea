package emporium.saga;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    private final List<Placed<D>> steps;
    private final Map<String, Duration> deadlines;

    private Saga(Named<D> heading, List<Placed<D>> steps, Map<String, Duration> deadlines) {
        this.heading = heading;
        this.steps = steps;
        this.deadlines = deadlines;
    }

    /** Begins a definition. Names are stored with every instance: lower-case letters, digits and hyphens. */
    public static <D> Named<D> named(String name, Class<D> draft) {
        return new Named<>(name, draft);
    }

    /** Adds a step behind the others: it is reached when all of them have succeeded. */
    public Saga<D> step(String name, Consumer<Step<D>> shape) {
        return with(name, shape, steps.isEmpty() ? 0 : steps.getLast().stage + 1);
    }

    /** Adds a step beside the one before it: both are sent at once, and the next step waits for both. */
    public Saga<D> alongside(String name, Consumer<Step<D>> shape) {
        return with(name, shape, steps.getLast().stage);
    }

    /** The same definition with other deadlines for some steps, such as a configuration names. */
    public Saga<D> withDeadlines(Map<String, Duration> others) {
        others.keySet().forEach(this::position);
        var all = new HashMap<>(deadlines);
        all.putAll(others);
        return new Saga<>(heading, steps, Map.copyOf(all));
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
        return steps().stream().map(Step::name).toList();
    }

    /** How people write it: {@code create-order v1}. */
    @Override
    public String toString() {
        return heading.name + " v" + heading.version;
    }

    List<Step<D>> steps() {
        return steps.stream().map(Placed::step).toList();
    }

    /** The step of this name, which an instance has stored. */
    Step<D> step(String name) {
        return steps.get(position(name)).step;
    }

    int position(String name) {
        return IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(this + " has no step '" + name + "'"));
    }

    /** Counts from 0; steps beside each other have the same. */
    int stage(String name) {
        return steps.get(position(name)).stage;
    }

    /** The steps that are reached together, none when there is no such stage any more. */
    List<Step<D>> stage(int number) {
        return steps.stream()
                .filter(placed -> placed.stage == number)
                .map(Placed::step)
                .toList();
    }

    /** Whether there is no way back from this stage: it comes after the pivot. */
    boolean isPastPivot(int stage) {
        return heading.forwardOnly || steps.stream().anyMatch(placed -> placed.step.isPivot() && placed.stage < stage);
    }

    Duration deadline(Step<D> step) {
        return deadlines.getOrDefault(step.name(), step.deadline());
    }

    /** How long the whole saga may take. */
    Optional<Duration> deadline() {
        return Optional.ofNullable(heading.deadline);
    }

    D refused(D draft, String reason) {
        return heading.onRefusal.apply(draft, reason);
    }

    D failed(D draft, String why) {
        return heading.onFailure == null ? refused(draft, why) : heading.onFailure.apply(draft, why);
    }

    D cancelled(D draft, String reason) {
        return heading.onCancel == null ? refused(draft, reason) : heading.onCancel.apply(draft, reason);
    }

    private Saga<D> with(String name, Consumer<Step<D>> shape, int stage) {
        var step = new Step<D>(name);
        shape.accept(step);
        check(step, stage);
        return new Saga<>(
                heading,
                Stream.concat(steps.stream(), Stream.of(new Placed<>(step, stage)))
                        .toList(),
                deadlines);
    }

    private void check(Step<D> step, int stage) {
        refuse(step, !step.name().matches(NAME), "is no step name: use lower-case letters, digits and hyphens");
        refuse(step, stepNames().contains(step.name()), "is the name of two steps");
        step.flaw().ifPresent(flaw -> refuse(step, true, flaw));
        refuse(step, step.isPivot() && steps.stream().anyMatch(placed -> placed.step.isPivot()), "is a second pivot");
        refuse(step, step.isPivot() && heading.forwardOnly, "is a pivot where there is only forward");
        refuse(step, isPastPivot(stage) && step.compensates(), "declares a compensation after the pivot");
        refuse(
                step,
                isPastPivot(stage) && step.lateness() == Lateness.COMPENSATE,
                "would turn round after the pivot when it is late");
    }

    private void refuse(Step<D> step, boolean wrong, String why) {
        if (wrong) {
            throw new IllegalArgumentException("saga " + this + ": '" + step.name() + "' " + why);
        }
    }

    private record Placed<D>(Step<D> step, int stage) {}

    /** A definition whose first step is still to be written. */
    public static final class Named<D> {

        private final String name;
        private final Class<D> draft;
        private int version = 1;
        private boolean forwardOnly;
        private Duration deadline;
        private BiFunction<? super D, String, ? extends D> onRefusal = (unchanged, reason) -> unchanged;
        private BiFunction<? super D, String, ? extends D> onFailure;
        private BiFunction<? super D, String, ? extends D> onCancel;

        private Named(String name, Class<D> draft) {
            this.name = name;
            this.draft = Objects.requireNonNull(draft, "draft");
            check();
        }

        /** The version, 1 when not given. An instance is played by the version it began with to its end. */
        public Named<D> version(int number) {
            version = number;
            check();
            return this;
        }

        /** What the draft learns from a refusal before anything is undone: the reason, for the compensations to tell. */
        public Named<D> onRefusal(BiFunction<? super D, String, ? extends D> change) {
            onRefusal = Objects.requireNonNull(change, "onRefusal");
            return this;
        }

        /**
         * What the draft learns when it turns round for no business reason, before anything is undone: a step failed or
         * did not answer in time, or the whole takes too long. The history has the technical words in any case. The same
         * as from a refusal when not given.
         */
        public Named<D> onFailure(BiFunction<? super D, String, ? extends D> change) {
            onFailure = Objects.requireNonNull(change, "onFailure");
            return this;
        }

        /** What the draft learns from a cancel before anything is undone; the same as from a refusal when not given. */
        public Named<D> onCancel(BiFunction<? super D, String, ? extends D> change) {
            onCancel = Objects.requireNonNull(change, "onCancel");
            return this;
        }

        /** How long the whole saga may take: before the pivot it turns round then, after the pivot it counts as late. */
        public Named<D> deadline(Duration within) {
            deadline = Objects.requireNonNull(within, "deadline");
            return this;
        }

        /** There is no way back from the first step on, as if the pivot stood before it. */
        public Named<D> forwardOnly() {
            forwardOnly = true;
            return this;
        }

        /** Adds the first step. */
        public Saga<D> step(String first, Consumer<Step<D>> shape) {
            return new Saga<>(this, List.<Placed<D>>of(), Map.of()).step(first, shape);
        }

        private void check() {
            if (!name.matches(NAME) || version < 1) {
                throw new IllegalArgumentException("'" + name + "' v" + version
                        + " is no saga: names are lower-case letters, digits and hyphens, versions count from 1");
            }
        }
    }
}
