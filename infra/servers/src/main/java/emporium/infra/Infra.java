package emporium.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The servers for tests and development, one pair per JVM: what {@code EMPORIUM_POSTGRES} and {@code EMPORIUM_NATS} (or
 * the system properties {@code emporium.postgres.url} and {@code emporium.nats.url}) name, else local processes, else,
 * or with {@code -Dinfra=containers}, containers. All but the given ones end with the JVM.
 */
public final class Infra {

    /** Class loaders come and go under Quarkus, the JVM's properties stay: they remember what runs. */
    private static final String STARTED = "emporium.infra.started.";

    private Infra() {}

    /** Starts what does not run yet. The database is new for this JVM. */
    public static Addresses start() {
        synchronized (Runtime.getRuntime()) {
            return started().orElseGet(() -> remember(choose()));
        }
    }

    private static Addresses choose() {
        var containers = wantsContainers();
        var nats =
                given("emporium.nats.url", "EMPORIUM_NATS").orElseGet(containers ? Containers::nats : Infra::localNats);
        return given("emporium.postgres.url", "EMPORIUM_POSTGRES")
                .map(url -> GivenPostgres.parse(url).freshDatabase(nats))
                .orElseGet(() -> PostgresServer.addresses(containers ? Containers.postgres() : localPostgres(), nats));
    }

    private static boolean wantsContainers() {
        return "containers".equals(System.getProperty("infra")) || !PostgresBinaries.exist();
    }

    private static String localNats() {
        var folder = temporaryFolder();
        var nats = new NatsServer(NatsProgram.find(), folder.resolve("nats"), Ports.free(), folder.resolve("nats.log"));
        var process = nats.start();
        Guard.watch(folder, process);
        nats.awaitReady(process);
        return nats.url();
    }

    private static String localPostgres() {
        var folder = temporaryFolder();
        var postgres =
                PostgresServer.throwaway(folder.resolve("postgres"), Ports.free(), folder.resolve("postgres.log"));
        var process = postgres.start();
        Guard.watch(folder, process);
        postgres.awaitReady(process);
        return postgres.jdbcUrl();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("emporium-");
        } catch (IOException e) {
            throw new InfraException("No temporary folder can be made: " + Reason.of(e) + ".", e);
        }
    }

    private static Optional<String> given(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }

    private static Optional<Addresses> started() {
        return Optional.ofNullable(System.getProperty(STARTED + "jdbc"))
                .map(jdbc -> new Addresses(
                        jdbc,
                        System.getProperty(STARTED + "user"),
                        System.getProperty(STARTED + "password"),
                        System.getProperty(STARTED + "nats")));
    }

    private static Addresses remember(Addresses addresses) {
        System.setProperty(STARTED + "jdbc", addresses.jdbcUrl());
        System.setProperty(STARTED + "user", addresses.user());
        System.setProperty(STARTED + "password", addresses.password());
        System.setProperty(STARTED + "nats", addresses.nats());
        return addresses;
    }
}
