package emporium.infra;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The servers in containers, for machines that have Docker; Testcontainers removes them when the JVM is gone. */
final class Containers {

    private Containers() {}

    @SuppressWarnings("resource") // They live as long as the JVM.
    static Addresses start() {
        try {
            var postgres = new PostgreSQLContainer(Docker.POSTGRES_IMAGE)
                    .withDatabaseName(PostgresServer.APP)
                    .withUsername(PostgresServer.APP)
                    .withPassword(PostgresServer.APP);
            var nats = new GenericContainer<>(Docker.NATS_IMAGE)
                    .withExposedPorts(4222)
                    .withCommand("-js")
                    .waitingFor(Wait.forLogMessage(".*Server is ready.*", 1));
            postgres.withCommand("postgres", "-c", "max_connections=200", "-c", "fsync=off");
            postgres.start();
            nats.start();
            var natsUrl = "nats://" + nats.getHost() + ":" + nats.getMappedPort(4222);
            return new Addresses(postgres.getJdbcUrl(), PostgresServer.APP, PostgresServer.APP, natsUrl);
        } catch (IllegalStateException e) {
            throw new InfraException("Containers were asked for, but Docker does not answer: " + e.getMessage(), e);
        }
    }
}
