package emporium.saga;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an unfinished saga relies on in its definition, one fact a line. Deadlines, retries and functions may change
 * under it; steps, their order and their way back may not, and what was stored of the draft must still be read.
 */
record Shape(Set<String> facts) {

    private static final String STEP = "step ";

    static Shape of(Saga<?> saga) {
        var steps = saga.steps().stream().flatMap(step -> facts(saga, step));
        var draft = Arrays.stream(
                        Optional.ofNullable(saga.draft().getRecordComponents()).orElseThrow(() -> noRecord(saga)))
                .map(field -> "draft field '" + field.getName() + "' of type "
                        + field.getGenericType().getTypeName());
        return new Shape(new LinkedHashSet<>(Stream.concat(steps, draft).toList()));
    }

    static Shape read(String text) {
        return new Shape(new LinkedHashSet<>(text.lines().toList()));
    }

    String written() {
        return String.join("\n", facts);
    }

    /** What this shape breaks of a former one, in words; empty when sagas of the former one can go on. */
    List<String> breaks(Shape former) {
        var lost = former.facts.stream().filter(fact -> !facts.contains(fact)).map(fact -> "no longer: " + fact);
        var added = facts.stream()
                .filter(fact -> fact.startsWith(STEP) && !former.facts.contains(fact))
                .map(fact -> "new: " + fact);
        return Stream.concat(lost, added).toList();
    }

    private static Stream<String> facts(Saga<?> saga, Step<?> step) {
        var sends = step.sends() ? "sends" : "sends nothing";
        var pivot = step.isPivot() ? ", is the pivot" : "";
        var fact = STEP + saga.position(step.name()) + " '" + step.name() + "' at stage " + saga.stage(step.name())
                + " " + sends + pivot;
        return step.compensates() ? Stream.of(fact, "compensation of '" + step.name() + "'") : Stream.of(fact);
    }

    private static IllegalArgumentException noRecord(Saga<?> saga) {
        return new IllegalArgumentException(
                "saga " + saga + ": its draft " + saga.draft().getName() + " is no record");
    }
}
