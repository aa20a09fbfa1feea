package emporium.faults;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What is not as it must be. Any number of threads may add to it. */
final class Findings {

    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> twice = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

    /** An effect that should be there and is not. */
    void lost(String what) {
        lost.add(what);
    }

    /** An effect that is there more than once. */
    void twice(String what) {
        twice.add(what);
    }

    /** Whatever else does not add up. */
    void wrong(String what) {
        wrong.add(what);
    }

    void wrongUnless(boolean right, String what) {
        if (!right) {
            wrong(what);
        }
    }

    /** Exactly one is right. */
    void once(long count, String what) {
        if (count == 0) {
            lost(what);
        } else if (count > 1) {
            twice(what + " (" + count + " times)");
        }
    }

    int lostCount() {
        return lost.size();
    }

    int twiceCount() {
        return twice.size();
    }

    boolean isEmpty() {
        return lost.isEmpty() && twice.isEmpty() && wrong.isEmpty();
    }

    List<String> all() {
        Set<String> all = new LinkedHashSet<>();
        lost.forEach(what -> all.add("lost: " + what));
        twice.forEach(what -> all.add("twice: " + what));
        wrong.forEach(what -> all.add("wrong: " + what));
        return List.copyOf(all);
    }
}
