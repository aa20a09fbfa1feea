package emporium.messaging;

import emporium.infra.NatsProgram;
import emporium.infra.NatsServer;
import emporium.infra.Ports;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;

/** A nats-server of a test's own, to kill, to restart and to rob of its store. */
final class LocalNats implements AutoCloseable {

    private final Path folder;
    private final NatsServer server;
    private Process process;

    private LocalNats(Path folder) {
        this.folder = folder;
        server = new NatsServer(NatsProgram.find(), folder.resolve("store"), Ports.free(), folder.resolve("log"));
    }

    static LocalNats start() {
        try {
            var nats = new LocalNats(Files.createTempDirectory("nats-test"));
            nats.restart();
            return nats;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void restart() {
        process = server.start();
        server.awaitReady(process);
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void wipeStore() {
        delete(folder.resolve("store"));
    }

    /** What an administrator does by hand. */
    void administer(Intervention intervention) throws Exception {
        var connection = Nats.connect(server.url());
        try {
            intervention.on(connection.jetStreamManagement());
        } finally {
            connection.close();
        }
    }

    NatsConfig config() {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(NatsConfig.class)
                .withDefaultValue("emporium.nats.servers", server.url())
                .build()
                .getConfigMapping(NatsConfig.class);
    }

    @Override
    public void close() {
        kill();
        delete(folder);
    }

    @FunctionalInterface
    interface Intervention {
        void on(JetStreamManagement management) throws Exception;
    }

    private static void delete(Path tree) {
        try (var files = Files.walk(tree)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
