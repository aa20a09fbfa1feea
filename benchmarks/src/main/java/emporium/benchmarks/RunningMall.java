package emporium.benchmarks;

import emporium.infra.Addresses;
import emporium.infra.GivenPostgres;
import emporium.infra.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Where the mall under load and its servers are, as its data folder says. */
final class RunningMall {

    private final Options options;
    private final Properties ports = new Properties();

    RunningMall(Options options) {
        this.options = options;
        var file = options.data().resolve("ports");
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                ports.load(in);
            } catch (IOException e) {
                throw new NoResult("The file " + file + " cannot be read.", e);
            }
        }
    }

    URI address() {
        var port = ports.getProperty(hasGateway() ? "gateway" : "mall", "8080");
        return options.url().orElseGet(() -> URI.create("http://localhost:" + port));
    }

    /** Whether each service is a process of its own, with a database of its own. */
    boolean hasGateway() {
        return Files.exists(pids().resolve("gateway"));
    }

    Path pids() {
        return options.data().toAbsolutePath().resolve("pids");
    }

    /** As somebody who may see all; on a server of others as the user that the mall uses. */
    Addresses postgres() {
        return options.postgres()
                .map(GivenPostgres::parse)
                .orElseGet(this::ownPostgres)
                .addresses(nats());
    }

    private GivenPostgres ownPostgres() {
        var port = Integer.parseInt(port("postgres", "PostgreSQL", "--postgres"));
        return new GivenPostgres("127.0.0.1", port, PostgresServer.APP, "postgres", PostgresServer.APP, "");
    }

    private String nats() {
        return options.nats().orElseGet(() -> "nats://127.0.0.1:" + port("nats", "nats-server", "--nats"));
    }

    private String port(String name, String program, String option) {
        if (!ports.containsKey(name)) {
            throw new NoResult("The folder %s names no %s: name the mall's folder with --data, or its server with %s."
                    .formatted(options.data(), program, option));
        }
        return ports.getProperty(name);
    }
}
