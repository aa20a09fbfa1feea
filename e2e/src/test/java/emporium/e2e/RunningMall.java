package emporium.e2e;

import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A mall started as a person starts it, by {@code ./emporium up}, in one of its forms, on an empty folder of its own. Its
 * processes can be killed, paused and brought back; its data stays until the JVM ends.
 */
public final class RunningMall implements Mall {

    public static final Path HOME = home();

    /** Whether native executables are run in the place of JVMs. */
    static final boolean NATIVE = Boolean.getBoolean("emporium.native");

    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(90);

    private final int port = freePort();
    private final Path data;
    private final Path console;
    private final Map<String, String> environment;
    private final List<String> options;
    private final Map<String, Long> killed = new HashMap<>();
    private Process launcher;

    /** How many times it has said that it is open, before the present launcher was started. */
    private long openedBefore;

    private RunningMall(Path data, Map<String, String> environment, List<String> options) {
        this.data = data;
        this.environment = environment;
        this.options = options;
        this.console = data.resolveSibling(data.getFileName() + ".console");
    }

    /**
     * A new, empty mall that is ready, started with these options beside the folder's and the port's. It is stopped when
     * the JVM ends, if not before.
     */
    static RunningMall start(String... options) {
        return start(Map.of(), List.of(options));
    }

    /** As {@link #start(String...)}, with more environment variables for {@code ./emporium}. */
    static RunningMall start(Map<String, String> environment, List<String> options) {
        return start(
                HOME.resolve("e2e/target/data/" + ProcessHandle.current().pid() + "-" + System.nanoTime()),
                environment,
                options);
    }

    /** As {@link #start(String...)}, on this folder and with more environment variables for {@code ./emporium}. */
    public static RunningMall start(Path data, Map<String, String> environment, List<String> options) {
        var mall = new RunningMall(data, environment, options);
        Runtime.getRuntime().addShutdownHook(new Thread(mall::stop));
        mall.up();
        return mall;
    }

    @Override
    public int port() {
        return port;
    }

    /** The folder with {@code postgres}, {@code nats}, {@code logs} and {@code pids}. */
    public Path data() {
        return data;
    }

    /** Starts it again on the data it had, and waits until it is ready. */
    public void up() {
        try {
            Files.createDirectories(data.getParent());
            openedBefore = opened();
            var builder = new ProcessBuilder(command())
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
            builder.environment().putAll(environment);
            launcher = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady();
    }

    private List<String> command() {
        var port = Integer.toString(this.port);
        return Stream.of(
                        List.of("./emporium", "up", "--no-demo", "--port", port, "--data", data.toString()),
                        NATIVE ? List.of("--native") : List.<String>of(),
                        options)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void awaitReady() {
        try {
            await().atMost(START_PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
                if (!launcher.isAlive()) {
                    throw new IllegalStateException("./emporium up ended with " + launcher.exitValue());
                }
                return opened() > openedBefore && isBack() && isReady();
            });
        } catch (ConditionTimeoutException | IllegalStateException e) {
            throw new AssertionError(e.getMessage() + "\n" + logs(), e);
        }
    }

    /** Health does not tell that either: nobody may have asked yet since the kill. */
    private boolean isBack() {
        killed.entrySet().removeIf(process -> pid(process.getKey()) != process.getValue());
        return killed.isEmpty();
    }

    /** Health alone would not do: what a killed launcher left behind is healthy until it is replaced. */
    private long opened() throws IOException {
        if (!Files.exists(console)) {
            return 0;
        }
        return Files.readAllLines(console).stream()
                .filter(line -> line.startsWith("The mall is open"))
                .count();
    }

    public boolean isReady() {
        return isReady(port);
    }

    public static boolean isReady(int port) {
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

    /** A connection to the database of the one-process form, to see what REST does not show. */
    Connection database() throws SQLException {
        return DriverManager.getConnection(jdbcUrl("emporium"), "emporium", "emporium");
    }

    /** A connection of this service's database user, in the form with a process for each, to a service's database. */
    Connection database(String user, String service) throws SQLException {
        return DriverManager.getConnection(
                jdbcUrl("emporium_" + service), "emporium_" + user, noted("passwords", user));
    }

    /** In the form with a process for each service. */
    @Override
    public List<Connection> databases() throws SQLException {
        var databases = new ArrayList<Connection>();
        for (var service : services()) {
            databases.add(database(service, service));
        }
        return databases;
    }

    /** The names of all services, the orchestrator's among them. */
    public static Set<String> services() {
        try (var folders = Files.list(HOME.resolve("services"))) {
            return Stream.concat(folders.map(folder -> folder.getFileName().toString()), Stream.of("orchestrator"))
                    .collect(toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://localhost:" + noted("ports", "postgres") + "/" + database;
    }

    /** What {@code ./emporium} has noted in its data folder, such as the port of the depot in {@code ports}. */
    public String noted(String file, String name) {
        var noted = new Properties();
        try (var in = Files.newBufferedReader(data.resolve(file))) {
            noted.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return noted.getProperty(name);
    }

    /** The process id of {@code postgres}, {@code nats}, {@code mall} or a service. */
    public long pid(String process) {
        try {
            return Long.parseLong(
                    Files.readString(data.resolve("pids").resolve(process)).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process at once, with no chance to tidy up; {@code up} starts it again by itself. */
    @Override
    public void kill(String process) {
        var pid = pid(process);
        signal("KILL", pid);
        killed.put(process, pid);
    }

    /** Stops the process where it is, so that it neither answers nor ends, until {@link #resume}. */
    public void pause(String process) {
        signal("STOP", pid(process));
    }

    public void resume(String process) {
        signal("CONT", pid(process));
    }

    /** Ends {@code ./emporium} itself with no chance to tidy up; its processes go on without it. */
    void killLauncher() {
        signal("KILL", launcher.pid());
        awaitEnd();
    }

    /** Asks it to drain and to stop everything, and waits for that. Returns the exit code. */
    @Override
    public int stop() {
        if (launcher.isAlive()) {
            signal("TERM", launcher.pid());
        }
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!launcher.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                launcher.destroyForcibly();
                throw new AssertionError("./emporium up did not stop\n" + logs());
            }
            return launcher.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String logs() {
        var text = new StringBuilder(tail("emporium", console));
        try (var logs = Files.list(data.resolve("logs"))) {
            logs.sorted().forEach(log -> text.append(tail(log.getFileName().toString(), log)));
        } catch (IOException e) {
            text.append("--- no more logs\n");
        }
        return text.toString();
    }

    static String tail(String name, Path log) {
        try {
            var lines = Files.readAllLines(log);
            var last = lines.subList(Math.max(0, lines.size() - 40), lines.size());
            return "--- " + name + "\n" + String.join("\n", last) + "\n";
        } catch (IOException e) {
            return "--- " + name + " left no log\n";
        }
    }

    private static void signal(String name, long pid) {
        try {
            var kill = new ProcessBuilder("kill", "-s", name, Long.toString(pid)).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("no process " + pid);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Below those that the system gives to connections: one of them could take it before the server does. */
    public static int freePort() {
        return ThreadLocalRandom.current()
                .ints(10_000, 30_000)
                .filter(RunningMall::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The project's folder is the nearest one upwards with the script. */
    static Path home() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("emporium"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
