package emporium.infra;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own in one data folder, reached on the loopback address only. The database, the user that
 * owns it and the password are all {@value #APP}; the superuser is {@code postgres} with the same password.
 */
public final class PostgresServer {

    public static final String APP = "emporium";

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    /**
     * Each checkpoint makes the next change of every page an image of all of it in the log, so there are few of them;
     * a crash is recovered from by reading at most this much log.
     */
    private static final Map<String, String> DURABLE = Map.of(
            "fsync", "on",
            "full_page_writes", "on",
            "max_wal_size", "2GB",
            "checkpoint_timeout", "15min",
            "shared_preload_libraries", "pg_stat_statements");

    private static final Map<String, String> FORGETFUL = Map.of("fsync", "off", "full_page_writes", "off");

    private final Path data;
    private final int port;
    private final Path log;
    private final boolean durable;
    private final Path binaries;
    private final PostgresUser user;

    private PostgresServer(Path data, int port, Path log, boolean durable) {
        this.data = data.toAbsolutePath();
        this.port = port;
        this.log = log;
        this.durable = durable;
        this.user = PostgresUser.choose();
        this.binaries = PostgresBinaries.find(user.cache())
                .orElseThrow(() -> new InfraException("There are no PostgreSQL binaries for this kind of machine; "
                        + "give the address of a server with EMPORIUM_POSTGRES."));
    }

    /** A server whose data outlives it and survives a crash. */
    public static PostgresServer durable(Path data, int port, Path log) {
        return new PostgresServer(data, port, log, true);
    }

    /** A server for tests: it writes nothing through to the disk. */
    public static PostgresServer throwaway(Path data, int port, Path log) {
        return new PostgresServer(data, port, log, false);
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + APP;
    }

    /** As the user that may do everything, in the database that is nobody's. */
    public GivenPostgres superuser() {
        return new GivenPostgres("127.0.0.1", port, "postgres", "postgres", APP, "");
    }

    public Addresses addresses(String nats) {
        return addresses(jdbcUrl(), nats);
    }

    static Addresses addresses(String jdbcUrl, String nats) {
        return new Addresses(jdbcUrl, APP, APP, nats);
    }

    /** Starts the server, on new data if there is none, and returns at once; see {@link #awaitReady}. */
    public Process start() {
        stopLeftovers();
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise();
        }
        user.own(data);
        var command = postgres("-D", data.toString());
        settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return LocalProcess.start(command, Map.of(), log);
    }

    private Map<String, String> settings() {
        var settings = new LinkedHashMap<>(Map.of(
                "port", Integer.toString(port),
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "max_connections", "200",
                "shared_buffers", "256MB",
                // The statements are short, and many: compiling one never pays.
                "jit", "off",
                "timezone", "UTC",
                "log_timezone", "UTC"));
        settings.putAll(durable ? DURABLE : FORGETFUL);
        return settings;
    }

    /** Waits until the server takes connections; PostgreSQL itself says so in the last line of its lock file. */
    public void awaitReady(Process process) {
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!"ready".equals(lockLine(7))) {
            if (ended(process) || System.nanoTime() > deadline) {
                throw new InfraException("PostgreSQL did not start: " + lastError() + " (see " + log + ").");
            }
        }
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(20, MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Stops the server: sessions are ended, what is committed is on the disk. */
    public static void stop(ProcessHandle process) {
        LocalProcess.stop(process, "INT", Duration.ofSeconds(20));
    }

    /** The server that runs on this data now, whoever started it. */
    public Optional<ProcessHandle> running() {
        return Optional.ofNullable(lockLine(0))
                .flatMap(pid -> LocalProcess.running(Long.parseLong(pid.strip()), data.toString()));
    }

    /**
     * Ends what an earlier run left on this data. A server killed with -9 leaves its children for a moment, and as long
     * as one lives, no new server starts; a lock file whose process id is someone else's by now is in the way too.
     */
    private void stopLeftovers() {
        running().ifPresent(PostgresServer::stop);
        for (var child : children()) {
            LocalProcess.stop(child, "KILL", Duration.ofSeconds(5));
        }
        try {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new InfraException("PostgreSQL's old lock file cannot be removed: " + Reason.of(e) + ".", e);
        }
    }

    /** Every process of a PostgreSQL server works in its data folder. */
    private List<ProcessHandle> children() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process ->
                            workingFolder(process).filter(data::equals).isPresent())
                    .filter(process -> process.info()
                            .command()
                            .filter(c -> c.endsWith("/postgres"))
                            .isPresent())
                    .toList();
        }
    }

    private static Optional<Path> workingFolder(ProcessHandle process) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd")));
        } catch (IOException | UnsupportedOperationException goneOrNotOurs) {
            return Optional.empty();
        }
    }

    /** New data is made beside its place and renamed, so that a crash in the middle leaves nothing half made. */
    private void initialise() {
        if (Files.exists(data) && !isEmpty(data)) {
            throw new InfraException("The folder " + data + " is neither empty nor a PostgreSQL data folder.");
        }
        var fresh = data.resolveSibling(data.getFileName() + ".new");
        try {
            Cache.delete(fresh);
            Files.createDirectories(data.getParent());
            initdb(fresh);
            createDatabase(fresh);
            Files.deleteIfExists(data);
            Files.move(fresh, data);
        } catch (IOException e) {
            throw new InfraException("The folder " + data + " cannot be made: " + Reason.of(e) + ".", e);
        }
    }

    private void initdb(Path fresh) throws IOException {
        var password = Files.createTempFile("emporium", ".password");
        try {
            Files.writeString(password, APP + "\n");
            var command = command("initdb");
            command.addAll(List.of("-D", fresh.toString(), "-U", "postgres", "--pwfile=" + password));
            command.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-instructions"));
            command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
            if (!durable) {
                command.add("--no-sync");
            }
            LocalProcess.run(command, Map.of());
        } finally {
            Files.deleteIfExists(password);
        }
    }

    /** Single-user mode takes one statement a line, before anybody can connect. */
    private void createDatabase(Path fresh) {
        var command = postgres("--single", "-j", "-D", fresh.toString(), "-c", "fsync=" + (durable ? "on" : "off"));
        command.add("postgres");
        LocalProcess.run(new ProcessBuilder(command), Map.of(), """
                create role %1$s login password '%1$s';

                create database %1$s owner %1$s;

                grant pg_read_all_stats to %1$s;

                """.formatted(APP));
        if (durable) {
            countStatements(fresh);
        }
    }

    /** What the statements of {@link #DURABLE}'s library are seen by; only a superuser may make it. */
    private void countStatements(Path fresh) {
        var command = postgres("--single", "-j", "-D", fresh.toString(), APP);
        LocalProcess.run(new ProcessBuilder(command), Map.of(), "create extension pg_stat_statements;\n\n");
    }

    private List<String> postgres(String... arguments) {
        var command = command("postgres");
        command.addAll(List.of(arguments));
        return command;
    }

    private List<String> command(String program) {
        return user.command(binaries.resolve("bin").resolve(program).toString());
    }

    private String lockLine(int index) {
        try {
            var lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.size() > index ? lines.get(index).strip() : null;
        } catch (IOException notThere) {
            return null;
        }
    }

    private String lastError() {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("FATAL:") || line.contains("unshare:"))
                    .reduce((first, second) -> second)
                    .map(line -> line.substring(line.indexOf(':', line.indexOf("FATAL")) + 1)
                            .strip())
                    .orElse("no word why");
        } catch (IOException e) {
            return "it left no log";
        }
    }

    private static boolean isEmpty(Path folder) {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }
}
