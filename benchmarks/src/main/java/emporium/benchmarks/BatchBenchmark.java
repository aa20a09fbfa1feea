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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What one message costs the JVM and PostgreSQL when it is handled in a batch of 100, against one handled alone: the
 * same messages through the real receiver, by the {@link Workshop}, on servers of this benchmark's own.
 */
final class BatchBenchmark {

    private static final int LARGE = 100;
    private static final double AT_MOST = 1.0 / 5;

    private final Progress progress;
    private final Deque<Runnable> started = new ConcurrentLinkedDeque<>();

    BatchBenchmark(Progress progress) {
        this.progress = progress;
    }

    int run() throws InterruptedException {
        var folder = temporaryFolder();
        // Also when Ctrl-C ends this process.
        var cleaning = new Thread(() -> cleanUp(folder));
        Runtime.getRuntime().addShutdownHook(cleaning);
        return compare(folder);
    }

    private int compare(Path folder) throws InterruptedException {
        var alone = measure(folder.resolve("alone"), 1);
        progress.say(line("handled alone", alone));
        var together = measure(folder.resolve("together"), LARGE);
        progress.say(line("in batches of up to " + LARGE, together));
        var ratio = together.cpuMicros() / alone.cpuMicros();
        progress.say(String.format(
                Locale.ROOT, "A message in a batch costs %.3f of one handled alone (at most %.1f).", ratio, AT_MOST));
        return ratio <= AT_MOST ? 0 : Main.FAILED;
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

    private WorkshopResult measure(Path folder, int batch) throws InterruptedException {
        progress.show("starting servers");
        var nats = new NatsServer(NatsProgram.find(), folder.resolve("nats"), Ports.free(), folder.resolve("nats.log"));
        var postgres = PostgresServer.durable(folder.resolve("postgres"), Ports.free(), folder.resolve("postgres.log"));
        var natsProcess = nats.start();
        started.push(() -> NatsServer.stop(natsProcess.toHandle()));
        var postgresProcess = postgres.start();
        started.push(() -> PostgresServer.stop(postgresProcess.toHandle()));
        nats.awaitReady(natsProcess);
        postgres.awaitReady(postgresProcess);
        progress.show("handling messages in batches of up to " + batch);
        var addresses = new Addresses(postgres.jdbcUrl(), PostgresServer.APP, PostgresServer.APP, nats.url());
        return runWorkshop(addresses, postgresProcess.pid(), batch, folder);
    }

    private WorkshopResult runWorkshop(Addresses addresses, long postgres, int batch, Path folder)
            throws InterruptedException {
        var result = folder.resolve("result.json");
        var log = folder.resolve("workshop.log");
        var process = LocalProcess.start(command(), environment(addresses, postgres, batch, result), log);
        started.push(() -> LocalProcess.stop(process.toHandle(), "TERM", Duration.ofSeconds(10)));
        if (process.waitFor() != 0) {
            throw new NoResult("The workshop ended without a result: " + lastLine(log) + ".");
        }
        return WorkshopResult.read(result);
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

    private static Map<String, String> environment(Addresses addresses, long postgres, int batch, Path result) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", addresses.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", addresses.user(),
                "QUARKUS_DATASOURCE_PASSWORD", addresses.password(),
                "EMPORIUM_NATS_SERVERS", addresses.nats(),
                "EMPORIUM_MESSAGING_BATCH", Integer.toString(batch),
                "WORKSHOP_POSTGRES_PID", Long.toString(postgres),
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

    private void cleanUp(Path folder) {
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
