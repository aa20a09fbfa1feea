package emporium.infra;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A Prometheus for tests, to hear from itself what it makes of rules and queries: the one on the PATH, or Debian's
 * package, unpacked without root.
 */
public final class PrometheusServer implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private final URI uri;
    private final Path log;
    private final Process process;

    private PrometheusServer(URI uri, Path log, Process process) {
        this.uri = uri;
        this.log = log;
        this.process = process;
    }

    /** Starts one with this configuration, which keeps what it scrapes in {@code folder}, and waits until it is ready. */
    public static PrometheusServer start(Path config, Path folder) {
        var port = Ports.free();
        var log = folder.resolve("prometheus.log");
        var command = List.of(
                program().toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port);
        var uri = URI.create("http://127.0.0.1:" + port);
        var server = new PrometheusServer(uri, log, LocalProcess.start(command, Map.of(), log));
        server.awaitReady();
        return server;
    }

    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        LocalProcess.stop(process.toHandle(), "TERM", Duration.ofSeconds(10));
    }

    private void awaitReady() {
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new InfraException("Prometheus did not start; see " + log + ".");
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private boolean isReady() {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(uri.resolve("/-/ready")).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Path program() {
        return LocalProcess.find("prometheus")
                .or(() -> DebianPackage.unpacked("prometheus", Cache.folder().resolve("prometheus"))
                        .map(folder -> folder.resolve("usr/bin/prometheus")))
                .orElseThrow(() -> new InfraException("There is no prometheus: put one on the PATH."));
    }
}
