package emporium.launcher;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import emporium.infra.Addresses;
import emporium.infra.InfraException;
import emporium.infra.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The mall in a JVM of its own. */
final class Mall implements Server {

    private static final Duration START_PATIENCE = Duration.ofMinutes(3);

    /** Longer than the mall's own time for draining. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);

    private final Path jar;
    private final DataFolder folder;
    private final int port;
    private final Addresses addresses;

    Mall(Path jar, DataFolder folder, int port, Addresses addresses) {
        this.jar = jar;
        this.folder = folder;
        this.port = port;
        this.addresses = addresses;
    }

    static Path jar(Path home) {
        return home.resolve("mall/target/quarkus-app/quarkus-run.jar");
    }

    @Override
    public Process start() {
        if (!Files.exists(jar)) {
            throw new InfraException("The mall is not built: " + jar + " is not there.");
        }
        return LocalProcess.start(command(), environment(), folder.log("mall"));
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Names the data folder, by which a later run knows this process as one of its own.
        command.add("-Demporium.data=" + folder.path());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx320m", "-Xss512k", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.add("--add-opens=java.base/java.lang.invoke=ALL-UNNAMED");
        var more = System.getenv().getOrDefault("EMPORIUM_JAVA_OPTS", "");
        more.lines()
                .flatMap(line -> List.of(line.split("\\s+")).stream())
                .filter(o -> !o.isEmpty())
                .forEach(command::add);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** Not on the command line, where every user of the machine could read the password. */
    private Map<String, String> environment() {
        return Map.of(
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_DATASOURCE_JDBC_URL", addresses.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", addresses.user(),
                "QUARKUS_DATASOURCE_PASSWORD", addresses.password(),
                "EMPORIUM_NATS_SERVERS", addresses.nats(),
                // Where no SMTP server is configured.
                "EMPORIUM_NOTIFICATIONS_MAIL_FOLDER", folder.mails().toString());
    }

    @Override
    public void awaitReady(Process process) {
        var rest = new Rest(port);
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!rest.isReady()) {
            if (ended(process)) {
                throw new InfraException(
                        "The mall did not start: " + lastError() + " (see " + folder.log("mall") + ").");
            }
            if (System.nanoTime() > deadline) {
                throw new InfraException("The mall is not ready after %d seconds; see %s."
                        .formatted(START_PATIENCE.toSeconds(), folder.log("mall")));
            }
        }
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(50, MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void stop(ProcessHandle process) {
        stopNow(process);
    }

    static void stopNow(ProcessHandle process) {
        LocalProcess.stop(process, "TERM", STOP_PATIENCE);
    }

    /** The reason nearest to the end of the log, without the exception's class name. */
    private String lastError() {
        try (var lines = Files.lines(folder.log("mall"))) {
            return lines.filter(
                            line -> line.contains("Caused by: ") || line.contains("ERROR") || line.startsWith("Error"))
                    .reduce((first, second) -> second)
                    .map(line ->
                            line.replaceFirst("^.*Caused by: ([\\w.$]+: )?", "").strip())
                    .orElse("it gives no reason");
        } catch (IOException e) {
            return "it left no log";
        }
    }
}
