package emporium.faults;

import emporium.e2e.RunningMall;
import emporium.infra.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Processes that are stopped in order, and services of which there are several. */
final class ReplicaFaults {

    private static final List<String> IN_EVERY_ORDER =
            List.of("ordering", "orchestrator", "depot", "payments", "customers");

    private ReplicaFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("rolling-restart", ReplicaFaults::rollingRestart),
                Fault.ofServices("second-replica-killed", arena -> replicas(arena, 1)),
                Fault.ofServices("two-more-replicas-killed", arena -> replicas(arena, 2)),
                Fault.ofServices("rolling-upgrade", ReplicaFaults::rollingUpgrade));
    }

    /** As an upgrade does it: told to stop, and started again. */
    private static void rollingRestart(Arena arena) {
        for (var process : arena.processes()) {
            restart(arena, process);
        }
    }

    /**
     * One service after the other runs in a newer version, in which a message has gained a field, beside the older one,
     * then alone, then beside it again; in the end all go back, as after an upgrade that was regretted.
     */
    private static void rollingUpgrade(Arena arena) throws IOException {
        var newer = new NewerVersion(arena.mall().data().resolve("newer"));
        var upgraded = new ArrayList<Process>();
        try {
            for (var service : IN_EVERY_ORDER) {
                upgraded.add(twin(arena, service, newer::programOf));
                arena.shopping().place(5);
                restart(arena, service);
            }
            arena.shopping().place(10);
        } finally {
            upgraded.forEach(Process::destroy);
        }
        var said = "select count(*) from orchestrator.outbox where strpos(messages, '%s') > 0"
                .formatted(NewerVersion.FIELD);
        arena.note(arena.database().count("orchestrator", said) + " transactions spoke the newer version");
        if (arena.database().count("orchestrator", said) == 0) {
            throw new Broken("the newer version has said nothing");
        }
    }

    private static void restart(Arena arena, String process) {
        arena.shopping().want(5);
        var before = arena.mall().pid(process);
        ProcessHandle.of(before).ifPresent(handle -> LocalProcess.signal(handle, "TERM"));
        arena.awaitNew(List.of(process), List.of(before));
    }

    /** So many more of each service work beside the first, then end at once; in the short run of one service. */
    private static void replicas(Arena arena, int more) throws IOException {
        var services = arena.isLong()
                ? IN_EVERY_ORDER
                : List.of(IN_EVERY_ORDER.get(arena.random().nextInt(5)));
        for (var service : services) {
            var started = new ArrayList<Process>();
            try {
                for (var number = 0; number < more; number++) {
                    started.add(twin(arena, service, program -> program));
                }
                arena.shopping().place(15);
            } finally {
                started.forEach(Process::destroyForcibly);
            }
            arena.shopping().place(5);
        }
    }

    /** The same program, or what is made of it, with the same environment, on another port. */
    private static Process twin(Arena arena, String service, UnaryOperator<Path> program) throws IOException {
        var process = Path.of("/proc", Long.toString(arena.mall().pid(service)));
        var command = Stream.of(Files.readString(process.resolve("cmdline")).split("\0"))
                .map(part -> part.endsWith("quarkus-run.jar")
                        ? program.apply(Path.of(part)).toString()
                        : part)
                .toList();
        var environment = new HashMap<String, String>();
        for (var variable : Files.readString(process.resolve("environ")).split("\0")) {
            var equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        var port = RunningMall.freePort();
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        var twin =
                LocalProcess.start(command, environment, arena.mall().data().resolve("logs/" + service + "-twin.log"));
        Patience.until("a second " + service, Duration.ofMinutes(3), () -> RunningMall.isReady(port));
        return twin;
    }
}
