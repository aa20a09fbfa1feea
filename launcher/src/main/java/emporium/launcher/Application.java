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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Quarkus application of this project in a process of its own: in a JVM, or as a native executable. */
final class Application implements Server {

    private static final Duration START_PATIENCE = Duration.ofMinutes(3);

    /** Longer than the application's own time for draining. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);

    private static final Duration RECORD_PATIENCE = Duration.ofMinutes(5);

    /** What of a recording does not fit this start is loaded as ever, and is not worth a word. */
    private static final String QUIET = "-Xlog:aot*=error";

    private final Program program;
    private final Map<String, String> environment;
    private final DataFolder folder;

    /**
     * What is run.
     *
     * @param module its folder in the project
     * @param executable whether as a native executable, which takes the options of a JVM that limit memory
     */
    record Program(String name, Path module, int port, boolean executable, List<String> memory) {

        private Path file() {
            return module.resolve("target").resolve(executable ? name + "-runner" : "quarkus-app/quarkus-run.jar");
        }

        /** What a JVM has loaded and compiled in a former start; the JVM itself refuses that of another jar. */
        private Path record() {
            return module.resolve("target").resolve(name + ".aot");
        }

        boolean isRecorded() {
            return record().toFile().lastModified() > file().toFile().lastModified();
        }
    }

    /** The environment is its configuration; a command line shows passwords to every user of the machine. */
    Application(Program program, Map<String, String> environment, DataFolder folder) {
        this.program = program;
        this.environment = new HashMap<>(environment);
        this.environment.put("QUARKUS_HTTP_PORT", Integer.toString(program.port()));
        this.folder = folder;
    }

    /** Where an application finds its servers. */
    static Map<String, String> environment(Addresses addresses, DataFolder folder) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", addresses.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", addresses.user(),
                "QUARKUS_DATASOURCE_PASSWORD", addresses.password(),
                "EMPORIUM_NATS_SERVERS", addresses.nats(),
                // Where no SMTP server is configured.
                "EMPORIUM_NOTIFICATIONS_MAIL_FOLDER", folder.mails().toString());
    }

    @Override
    public Process start() {
        if (!Files.exists(program.file())) {
            throw new InfraException(program.name() + " is not built: " + program.file() + " is not there.");
        }
        return LocalProcess.start(
                command(program.isRecorded() ? List.of("-XX:AOTCache=" + program.record(), QUIET) : List.of()),
                environment,
                log());
    }

    /** Starts it once and stops it, which is when the JVM writes down what it has loaded. */
    void record() {
        var process = LocalProcess.start(
                command(List.of("-XX:AOTCacheOutput=" + program.record(), QUIET)), environment, log());
        folder.started(program.name(), process.pid());
        try {
            awaitReady(process);
        } finally {
            LocalProcess.stop(process.toHandle(), "TERM", RECORD_PATIENCE);
            folder.stopped(program.name());
        }
    }

    private List<String> command(List<String> recording) {
        var command = new ArrayList<String>();
        command.add(
                program.executable()
                        ? program.file().toString()
                        : Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString());
        // Names the data folder, by which a later run knows this process as one of its own.
        command.add("-Demporium.data=" + folder.path());
        command.addAll(program.memory());
        if (!program.executable()) {
            command.addAll(recording);
            command.addAll(jvm());
        }
        return command;
    }

    private List<String> jvm() {
        var command = new ArrayList<String>();
        command.addAll(List.of("-XX:+UseSerialGC", "-Xss512k", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.add("--add-opens=java.base/java.lang.invoke=ALL-UNNAMED");
        var more = System.getenv().getOrDefault("EMPORIUM_JAVA_OPTS", "");
        more.lines()
                .flatMap(line -> List.of(line.split("\\s+")).stream())
                .filter(o -> !o.isEmpty())
                .forEach(command::add);
        command.addAll(List.of("-jar", program.file().toString()));
        return command;
    }

    @Override
    public void awaitReady(Process process) {
        var rest = new Rest(program.port());
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!rest.isReady()) {
            if (ended(process)) {
                throw new InfraException(program.name() + " did not start: " + lastError() + " (see " + log() + ").");
            }
            if (System.nanoTime() > deadline) {
                throw new InfraException("%s is not ready after %d seconds; see %s."
                        .formatted(program.name(), START_PATIENCE.toSeconds(), log()));
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
        try (var lines = Files.lines(log())) {
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

    private Path log() {
        return folder.log(program.name());
    }
}
