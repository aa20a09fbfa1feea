package emporium.benchmarks;

import emporium.infra.LocalProcess;
import emporium.infra.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * More processes beside those of a running mall: each the same program with the same environment on another port, so
 * that it shares database and consumers.
 */
final class Replicas implements AutoCloseable {

    private static final Set<String> SINGLE = Set.of("postgres", "nats", "gateway");
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);

    private final Path pids;
    private final Map<Process, URI> started = new HashMap<>();

    Replicas(Path pids) {
        this.pids = pids;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Starts as many more of each process as there are to be in all, and waits until they are ready. */
    void start(int inAll) throws InterruptedException {
        for (var more = 1; more < inAll; more++) {
            for (var file : applications()) {
                startOne(file);
            }
        }
        for (var one : started.entrySet()) {
            awaitReady(one.getKey(), one.getValue());
        }
    }

    List<URI> addresses() {
        return List.copyOf(started.values());
    }

    List<Long> pids() {
        return started.keySet().stream().map(Process::pid).toList();
    }

    private List<Path> applications() {
        try (var files = Files.list(pids)) {
            return files.filter(file -> !SINGLE.contains(file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new NoResult("Nothing runs on " + pids.getParent() + ".", e);
        }
    }

    private void startOne(Path file) {
        var port = Ports.free();
        try {
            var process = Path.of("/proc", Files.readString(file).strip());
            var environment = new HashMap<String, String>();
            words(process.resolve("environ")).forEach(pair -> {
                var equals = pair.indexOf('=');
                environment.put(pair.substring(0, equals), pair.substring(equals + 1));
            });
            environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
            var log = pids.resolveSibling("logs").resolve(file.getFileName() + "-replica-" + port + ".log");
            var command = new ArrayList<>(words(process.resolve("cmdline")).toList());
            started.put(LocalProcess.start(command, environment, log), URI.create("http://localhost:" + port));
        } catch (IOException e) {
            throw new NoResult("A replica of " + file.getFileName() + " cannot be started: " + e.getMessage() + ".", e);
        }
    }

    private static Stream<String> words(Path file) throws IOException {
        return Stream.of(Files.readString(file).split("\0")).filter(word -> !word.isEmpty());
    }

    private static void awaitReady(Process process, URI address) throws InterruptedException {
        var client = new MallClient(List.of(address));
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!client.isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new NoResult("The replica at " + address + " did not start.");
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        started.keySet().forEach(process -> LocalProcess.stop(process.toHandle(), "TERM", STOP_PATIENCE));
        started.clear();
    }
}
