package emporium.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Processes that end at once, with no chance to tidy up: at a random moment, and at each line that matters. */
final class Kills {

    private static final List<String> POINTS = List.of(
            "before-inbox-insert",
            "after-inbox-insert",
            "before-commit",
            "after-commit",
            "before-publish",
            "after-publish",
            "before-publish-ack",
            "after-publish-ack",
            "before-message-ack",
            "after-message-ack");

    private Kills() {}

    static List<Fault> all() {
        var faults = new ArrayList<Fault>();
        faults.add(Fault.of("kill", Kills::each));
        faults.add(Fault.ofServices("kill-two", Kills::two));
        POINTS.forEach(point -> faults.add(Fault.of("kill-" + point, arena -> at(point, arena))));
        return faults;
    }

    private static void each(Arena arena) {
        for (var process : arena.processes()) {
            arena.shopping().place(3 + arena.random().nextInt(10));
            arena.kill(List.of(process));
        }
    }

    private static void two(Arena arena) {
        var all = new ArrayList<>(arena.processes());
        Collections.shuffle(all, arena.random());
        arena.shopping().want(20);
        arena.kill(all.subList(0, 2));
    }

    /** Armed for one process; which passages it lets pass is left to chance. In the short run one process, else each. */
    private static void at(String point, Arena arena) {
        var processes = arena.isLong() ? passing(arena).toList() : List.of(any(arena));
        for (var process : processes) {
            var before = List.of(arena.mall().pid(process));
            var name = point + "@" + arena.portOf(process);
            arena.armed().arm(name, Integer.toString(arena.random().nextInt(10)));
            arena.shopping().want(20);
            arena.armed().awaitGone(name, Duration.ofMinutes(2));
            arena.awaitNew(List.of(process), before);
        }
    }

    private static String any(Arena arena) {
        var processes = passing(arena).toList();
        return processes.get(arena.random().nextInt(processes.size()));
    }

    /** Those that every order passes through, receiving and sending. */
    private static Stream<String> passing(Arena arena) {
        return arena.processes().stream()
                .filter(process -> List.of("mall", "depot", "payments", "ordering", "orchestrator", "customers")
                        .contains(process));
    }
}
