package emporium.saga;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A saga of any shape.
 *
 * @param steps a number for each: its bits say what it is like
 * @param pivot which step is the pivot; none when there is no such step
 * @param limited whether the saga as a whole has a deadline
 */
record RandomSaga(List<Integer> steps, int pivot, boolean limited) {

    static final Duration LIMIT = Duration.ofMinutes(5);
    static final int UNDOINGS = 3;

    private static final int BREAKDOWNS = 2;

    record Plan(int learned) {

        Plan learn(Yes reply) {
            return new Plan(learned + 1);
        }
    }

    record Do(String step) {}

    record Undo(String step) {}

    record Yes() {}

    record No() {}

    record Broken() {}

    Saga<Plan> definition() {
        var named = Saga.named("random", Plan.class);
        if (limited) {
            named.deadline(LIMIT);
        }
        var saga = named.step(
                "opening", s -> s.compensate(_ -> new Undo("opening")).retryCompensation(Retry.times(UNDOINGS)));
        for (var i = 0; i < steps.size(); i++) {
            var place = i;
            saga = beside(i) ? saga.alongside(name(i), s -> shape(place, s)) : saga.step(name(i), s -> shape(place, s));
        }
        return saga;
    }

    List<String> names() {
        return IntStream.range(0, steps.size()).mapToObj(this::name).toList();
    }

    boolean compensates(String name) {
        return name.equals("opening") || compensates(names().indexOf(name));
    }

    private boolean beside(int i) {
        return i > 0 && (steps.get(i) & 3) != 0;
    }

    private boolean compensates(int i) {
        return !pastPivot(i) && (steps.get(i) & 4) == 0;
    }

    boolean pastPivot(String name) {
        return pastPivot(names().indexOf(name));
    }

    private boolean pastPivot(int i) {
        return pivot >= 0 && pivot < steps.size() && stage(i) > stage(pivot);
    }

    private int stage(int i) {
        return (int) IntStream.rangeClosed(0, i).filter(at -> !beside(at)).count();
    }

    private String name(int i) {
        return "step-" + i;
    }

    private void shape(int i, Step<Plan> step) {
        var name = name(i);
        step.send(_ -> new Do(name))
                .onReply(Yes.class, Plan::learn)
                .retry(Retry.times(silences(i)))
                .retryOn(Broken.class, Retry.times(BREAKDOWNS))
                .retryCompensation(Retry.times(UNDOINGS))
                .deadline(Duration.ofSeconds(30), lateness(i));
        if (compensates(i)) {
            step.compensate(_ -> new Undo(name));
        }
        if (i == pivot) {
            step.pivot();
        }
    }

    Lateness lateness(String name) {
        return lateness(names().indexOf(name));
    }

    /** How often a step before the pivot is asked at most, if no person has it tried again. */
    int mostSendings(String name) {
        return Math.max(silences(names().indexOf(name)), BREAKDOWNS);
    }

    private int silences(int i) {
        return 1 + (steps.get(i) >> 5 & 3);
    }

    private Lateness lateness(int i) {
        var any = Lateness.values()[(steps.get(i) >> 3 & 3) % 3];
        return any == Lateness.COMPENSATE && pastPivot(i) ? Lateness.SEND_AGAIN : any;
    }
}
