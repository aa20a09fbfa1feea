package emporium.benchmarks;

import emporium.infra.LocalProcess;
import emporium.infra.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A mall for one measurement, started as a person starts it, by {@code ./emporium up}, on a folder and port of its own. */
final class OwnMall implements AutoCloseable {

    /** A first start builds what is not built, executables among it. What does not start gives up by itself. */
    private static final Duration START_PATIENCE = Duration.ofHours(2);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(120);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Path home;
    private final Path data;
    private final int port = Ports.free();
    private final List<String> options;
    private final Map<String, String> environment;
    private Process launcher;

    private OwnMall(Path home, Path data, List<String> options, Map<String, String> environment) {
        this.home = home;
        this.data = data.toAbsolutePath();
        this.options = options;
        this.environment = environment;
    }

    /** One that is ready. It is stopped when the JVM ends, if not before. */
    static OwnMall start(Path home, Path data, List<String> options, Map<String, String> environment)
            throws InterruptedException {
        var mall = new OwnMall(home, data, options, environment);
        Runtime.getRuntime().addShutdownHook(new Thread(mall::close));
        mall.up();
        return mall;
    }

    /** What names it to whoever loads it. */
    Options options() {
        return Options.parse(List.of("--data", data.toString()));
    }

    /** Stops it and starts it again on the data that it has; returns what {@link #up} does. */
    Duration restart() throws InterruptedException {
        close();
        return up();
    }

    /** Returns how long the last of its JVMs took from the process's start until all said that they are ready. */
    private Duration up() throws InterruptedException {
        launch();
        var deadline = Instant.now().plus(START_PATIENCE);
        while (!isReady() || isRecording()) {
            if (!launcher.isAlive() || Instant.now().isAfter(deadline)) {
                throw new NoResult("The mall did not start: " + lastLine() + ".");
            }
            Thread.sleep(LOOK);
        }
        return age();
    }

    private void launch() {
        var command = Stream.concat(
                        Stream.of("./emporium", "up", "--no-demo", "--port", Integer.toString(port)),
                        Stream.concat(Stream.of("--data", data.toString()), options.stream()))
                .toList();
        try {
            Files.createDirectories(data);
            var builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(console().toFile()));
            builder.environment().putAll(environment);
            launcher = builder.start();
        } catch (IOException e) {
            throw new NoResult("./emporium up cannot be started: " + e.getMessage() + ".", e);
        }
    }

    private boolean isReady() {
        try {
            var health = (HttpURLConnection) URI.create("http://localhost:" + port + "/q/health/ready")
                    .toURL()
                    .openConnection();
            health.setConnectTimeout(1_000);
            health.setReadTimeout(10_000);
            return health.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Duration age() {
        try (var pids = Files.list(data.resolve("pids"))) {
            return pids.filter(file -> List.of("mall", "gateway")
                            .contains(file.getFileName().toString()))
                    .map(file -> Processes.age(process(file).pid()))
                    .min(Duration::compareTo)
                    .orElseThrow(() -> new NoResult("The mall has no process."));
        } catch (IOException e) {
            throw new NoResult("The mall's processes cannot be found: " + e.getMessage() + ".", e);
        }
    }

    /** Whether its JVM starts with classes that an earlier one has prepared. */
    boolean hasAotCache() {
        return commandLine().contains("-XX:AOTCache=");
    }

    /** Whether it is the JVM that prepares them, which ends as soon as it is ready. */
    private boolean isRecording() {
        return commandLine().contains("-XX:AOTCacheOutput=");
    }

    /** What all of its own processes hold in memory, pages of their files among it. */
    double residentMegabytes() {
        return Processes.in(data.resolve("pids")).residentMegabytes();
    }

    private String commandLine() {
        var mall = data.resolve("pids/mall");
        return Files.exists(mall) ? process(mall).info().commandLine().orElse("") : "";
    }

    private static ProcessHandle process(Path file) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                    .orElseThrow(() -> new NoResult("The mall's process has ended."));
        } catch (IOException e) {
            throw new NoResult("The mall's process cannot be found: " + e.getMessage() + ".", e);
        }
    }

    private Path console() {
        return data.resolve("console.log");
    }

    private String lastLine() {
        try (var lines = Files.lines(console())) {
            return lines.reduce((first, second) -> second).orElse("it gives no reason");
        } catch (IOException e) {
            return "it left no log";
        }
    }

    /** Drains and stops all that it has started. */
    @Override
    public void close() {
        if (!launcher.isAlive()) {
            return;
        }
        LocalProcess.signal(launcher.toHandle(), "TERM");
        try {
            if (!launcher.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                launcher.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
