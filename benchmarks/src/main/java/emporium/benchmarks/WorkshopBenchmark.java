package emporium.benchmarks;

import emporium.infra.Addresses;
import emporium.infra.LocalProcess;
import emporium.infra.NatsProgram;
import emporium.infra.NatsServer;
import emporium.infra.Ports;
import emporium.infra.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What the library costs without a mall: the {@link Workshop} at work, on servers of this benchmark's own. */
final class WorkshopBenchmark {

    private static final int LARGE = 100;
    static final double BATCH_AT_MOST = 0.2;
    static final double RELAY_AT_LEAST = 0.6;

    private final Progress progress;
    private final Path folder = temporaryFolder();
    private final Deque<Runnable> started = new ConcurrentLinkedDeque<>();

    WorkshopBenchmark(Progress progress) {
        this.progress = progress;
        // Also when Ctrl-C ends this process.
        Runtime.getRuntime().addShutdownHook(new Thread(this::cleanUp));
    }

    /**
     * What one message costs the JVM and PostgreSQL that is handled in a batch of 100, to one handled alone: the same
     * messages through the real receiver.
     */
    double batchToAlone() throws InterruptedException {
        var alone = handle(1);
        progress.say(line("handled alone", alone));
        var together = handle(LARGE);
        progress.say(line("in batches of up to " + LARGE, together));
        return together.cpuMicros() / alone.cpuMicros();
    }

    /** Messages a second by the outbox, from the transaction to the broker, to those by the client library alone. */
    double relayedToRaw() throws InterruptedException {
        var result = Json.read(measure("relay", LARGE), RelayResult.class);
        progress.say(String.format(
                Locale.ROOT,
                "%.0f messages a second through the outbox, %.0f by publishAsync alone",
                result.relayed(),
                result.raw()));
        return result.relayed() / result.raw();
    }

    private WorkshopResult handle(int batch) throws InterruptedException {
        return Json.read(measure("batch", batch), WorkshopResult.class);
    }

    private static String line(String how, WorkshopResult result) {
        return String.format(
                Locale.ROOT,
                "%-26s mean batch %5.1f: %7.1f us of CPU a message (JVM %.1f, PostgreSQL %.1f)",
                how,
                result.meanBatch(),
                result.cpuMicros(),
                result.jvmMicros(),
                result.postgresMicros());
    }

    /** Returns the file with the result. */
    private Path measure(String work, int batch) throws InterruptedException {
        progress.show("starting servers");
        var folder = this.folder.resolve(work + batch);
        var nats = new NatsServer(NatsProgram.find(), folder.resolve("nats"), Ports.free(), folder.resolve("nats.log"));
        var postgres = PostgresServer.durable(folder.resolve("postgres"), Ports.free(), folder.resolve("postgres.log"));
        var natsProcess = nats.start();
        started.push(() -> NatsServer.stop(natsProcess.toHandle()));
        var postgresProcess = postgres.start();
        started.push(() -> PostgresServer.stop(postgresProcess.toHandle()));
        nats.awaitReady(natsProcess);
        postgres.awaitReady(postgresProcess);
        progress.show("the workshop: %s of up to %d".formatted(work, batch));
        var addresses = new Addresses(postgres.jdbcUrl(), PostgresServer.APP, PostgresServer.APP, nats.url());
        var result = folder.resolve("result.json");
        var environment = new HashMap<>(environment(addresses, result));
        environment.put("EMPORIUM_MESSAGING_BATCH", Integer.toString(batch));
        environment.put("WORKSHOP_WORK", work);
        environment.put("WORKSHOP_POSTGRES_PID", Long.toString(postgresProcess.pid()));
        runWorkshop(environment, folder.resolve("workshop.log"));
        natsProcess.destroy();
        PostgresServer.stop(postgresProcess.toHandle());
        return result;
    }

    private void runWorkshop(Map<String, String> environment, Path log) throws InterruptedException {
        var process = LocalProcess.start(command(), environment, log);
        started.push(() -> LocalProcess.stop(process.toHandle(), "TERM", Duration.ofSeconds(10)));
        if (process.waitFor() != 0) {
            throw new NoResult("The workshop ended without a result: " + lastLine(log) + ".");
        }
    }

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                Path.of(System.getProperty("emporium.home", "."), "benchmarks/target/quarkus-app/quarkus-run.jar")
                        .toString());
    }

    private static Map<String, String> environment(Addresses addresses, Path result) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", addresses.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", addresses.user(),
                "QUARKUS_DATASOURCE_PASSWORD", addresses.password(),
                "EMPORIUM_NATS_SERVERS", addresses.nats(),
                "WORKSHOP_RESULT", result.toString());
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("emporium-bench");
        } catch (IOException e) {
            throw new NoResult("No temporary folder can be made: " + e.getMessage() + ".", e);
        }
    }

    private static String lastLine(Path log) {
        try (var lines = Files.lines(log)) {
            return lines.reduce((first, second) -> second).orElse("it gives no reason");
        } catch (IOException e) {
            return "it left no log";
        }
    }

    private void cleanUp() {
        started.forEach(Runnable::run);
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("emporium: The folder " + folder + " cannot be deleted: " + e.getMessage() + ".");
        }
    }
}
