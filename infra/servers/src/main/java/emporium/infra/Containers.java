package emporium.infra;

import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The servers in containers, for machines that have Docker; Testcontainers removes them when the JVM is gone. */
final class Containers {

    private Containers() {}

    @SuppressWarnings("resource") // It lives as long as the JVM.
    static String postgres() {
        var postgres = new PostgreSQLContainer(Docker.POSTGRES_IMAGE)
                .withDatabaseName(PostgresServer.APP)
                .withUsername(PostgresServer.APP)
                .withPassword(PostgresServer.APP);
        postgres.withCommand("postgres", "-c", "max_connections=200", "-c", "fsync=off");
        start(postgres);
        return postgres.getJdbcUrl();
    }

    @SuppressWarnings("resource") // It lives as long as the JVM.
    static String nats() {
        var nats = new GenericContainer<>(Docker.NATS_IMAGE)
                .withExposedPorts(4222)
                .withCommand("-js")
                .waitingFor(Wait.forLogMessage(".*Server is ready.*", 1));
        start(nats);
        return "nats://" + nats.getHost() + ":" + nats.getMappedPort(4222);
    }

    private static void start(GenericContainer<?> container) {
        try {
            container.start();
        } catch (IllegalStateException | ContainerLaunchException e) {
            throw new InfraException(
                    "Servers in containers were asked for, but Docker does not start them: " + e.getMessage(), e);
        }
    }
}
