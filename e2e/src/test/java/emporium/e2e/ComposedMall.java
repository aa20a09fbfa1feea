package emporium.e2e;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The containers of docker-compose.yml, built from this tree, under a name, on ports and with volumes of their own. They
 * and their data are taken away when the JVM ends, if not before; the images stay.
 */
final class ComposedMall implements Mall {

    /** Whether containers are wanted in the place of processes. */
    static final boolean WANTED = Boolean.getBoolean("emporium.compose");

    private static final Duration BUILD_PATIENCE = Duration.ofMinutes(40);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final int port = RunningMall.freePort();
    private final String name = "emporium-test-" + ProcessHandle.current().pid();
    private final Path console = RunningMall.HOME.resolve("e2e/target/" + name + ".console");
    private final List<String> killed = new ArrayList<>();

    private ComposedMall() {}

    static ComposedMall start() {
        var mall = new ComposedMall();
        Runtime.getRuntime().addShutdownHook(new Thread(mall::stop));
        try {
            mall.timed("build", () -> mall.compose(BUILD_PATIENCE, "build"));
            mall.timed("up", () -> mall.compose(PATIENCE, "up", "--detach", "--wait"));
            return mall;
        } catch (AssertionError e) {
            var logs = mall.logs();
            mall.stop();
            throw new AssertionError(e.getMessage() + "\n" + logs, e);
        }
    }

    private void timed(String what, Runnable work) {
        var begun = System.nanoTime();
        work.run();
        System.out.printf("docker compose %s took %.0f s%n", what, (System.nanoTime() - begun) / 1e9);
    }

    @Override
    public int port() {
        return port;
    }

    /** Docker starts what has died, but not what it was told to kill: that is started here. */
    @Override
    public void awaitReady() {
        if (!killed.isEmpty()) {
            var again = Stream.concat(Stream.of("up", "--detach", "--no-build", "--no-deps"), killed.stream());
            compose(PATIENCE, again.toArray(String[]::new));
            killed.clear();
        }
        await().atMost(PATIENCE).until(() -> isHealthy() && RunningMall.isReady(port));
    }

    /** Not {@code up --wait}, which gives up at once on a container that the absence of another has made unhealthy. */
    private boolean isHealthy() {
        return output("ps", "--all", "--format", "{{.Health}}").lines().allMatch("healthy"::equals);
    }

    @Override
    public void kill(String process) {
        compose(PATIENCE, "kill", process);
        killed.add(process);
    }

    @Override
    public List<Connection> databases() throws SQLException {
        var address = output("port", "postgres", "5432").strip();
        var databases = new ArrayList<Connection>();
        for (var service : RunningMall.services()) {
            databases.add(DriverManager.getConnection(
                    "jdbc:postgresql://" + address + "/emporium_" + service, "emporium_" + service, service));
        }
        return databases;
    }

    @Override
    public String logs() {
        return RunningMall.tail("docker compose", console)
                + output("ps", "--all")
                + output("logs", "--no-color", "--tail", "40");
    }

    /** The data is thrown away, so that nobody needs time to drain; a JVM that ends does not wait for long. */
    @Override
    public int stop() {
        return run(PATIENCE, appended(), "down", "--volumes", "--remove-orphans", "--timeout", "5");
    }

    private void compose(Duration patience, String... arguments) {
        var ended = run(patience, appended(), arguments);
        if (ended != 0) {
            throw new AssertionError("docker compose %s ended with %d".formatted(String.join(" ", arguments), ended));
        }
    }

    private ProcessBuilder.Redirect appended() {
        return ProcessBuilder.Redirect.appendTo(console.toFile());
    }

    private String output(String... arguments) {
        try {
            var output = Files.createTempFile(console.getParent(), name, ".out");
            run(PATIENCE, ProcessBuilder.Redirect.to(output.toFile()), arguments);
            var text = Files.readString(output);
            Files.delete(output);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int run(Duration patience, ProcessBuilder.Redirect output, String... arguments) {
        var command = new ArrayList<>(List.of("docker", "compose", "--project-name", name, "--progress", "plain"));
        if (RunningMall.NATIVE) {
            command.addAll(List.of("--env-file", "docker/native.env"));
        }
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(RunningMall.HOME.toFile())
                .redirectError(appended())
                .redirectOutput(output);
        builder.environment().putAll(environment());
        try {
            var process = builder.start();
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " takes too long");
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> files() {
        var files = new ArrayList<>(List.of("docker-compose.yml", "e2e/src/test/resources/compose.yml"));
        if (RunningMall.NATIVE) {
            files.add("e2e/src/test/resources/executables.yml");
        }
        return files;
    }

    /** Nothing of what the one who runs the tests has set for a mall of their own. */
    private Map<String, String> environment() {
        var environment = new TreeMap<String, String>();
        environment.put("COMPOSE_FILE", String.join(File.pathSeparator, files()));
        environment.put("COMPOSE_PROFILES", "");
        environment.put("EMPORIUM_PORT", Integer.toString(port));
        environment.put("EMPORIUM_MAIL_PORT", "0");
        RunningMall.services().forEach(service -> environment.put(service.toUpperCase() + "_PASSWORD", service));
        return environment;
    }
}
