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
        return options.url().orElseGet(() -> URI.create("http://localhost:" + ports.getProperty("mall", "8080")));
    }

    Path pids() {
        return options.data().toAbsolutePath().resolve("pids");
    }

    Addresses postgres() {
        return options.postgres()
                .map(url -> GivenPostgres.parse(url).addresses(""))
                .orElseGet(this::ownPostgres);
    }

    private Addresses ownPostgres() {
        if (!ports.containsKey("postgres")) {
            throw new NoResult("The folder " + options.data()
                    + " names no PostgreSQL: name the mall's folder with --data, or its database with --postgres.");
        }
        var jdbcUrl = "jdbc:postgresql://127.0.0.1:" + ports.getProperty("postgres") + "/" + PostgresServer.APP;
        return new Addresses(jdbcUrl, PostgresServer.APP, PostgresServer.APP, "");
    }
}
