package emporium.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/** A second process of a service, started by hand beside the one that {@code ./emporium} runs. */
final class Replica implements AutoCloseable {

    private final Process process;

    private Replica(Process process) {
        this.process = process;
    }

    /** One that is ready: it shares its service's database and its consumers. */
    static Replica of(String service, RunningMall mall) {
        var port = RunningMall.freePort();
        var builder = new ProcessBuilder(command(service))
                .redirectErrorStream(true)
                .redirectOutput(
                        mall.data().resolve("logs/" + service + "-replica.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_PORT", Integer.toString(port),
                        "QUARKUS_DATASOURCE_JDBC_URL", mall.jdbcUrl("emporium_" + service),
                        "QUARKUS_DATASOURCE_USERNAME", "emporium_" + service,
                        "QUARKUS_DATASOURCE_PASSWORD", mall.noted("passwords", service),
                        "EMPORIUM_NATS_SERVERS", "nats://localhost:" + mall.noted("ports", "nats")));
        try {
            var replica = new Replica(builder.start());
            replica.awaitReady(port);
            return replica;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(int port) {
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> !process.isAlive() || RunningMall.isReady(port));
        } catch (ConditionTimeoutException e) {
            close();
            throw e;
        }
        if (!process.isAlive()) {
            throw new AssertionError("The replica ended with %d; its log says why.".formatted(process.exitValue()));
        }
    }

    private static List<String> command(String service) {
        var module = service.equals("orchestrator") ? "orchestrator/app" : "services/" + service;
        var target = RunningMall.HOME.resolve(module).resolve("target");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jar = target.resolve("quarkus-app/quarkus-run.jar").toString();
        return RunningMall.NATIVE
                ? List.of(target.resolve(service + "-runner").toString(), "-Xmx96m")
                : List.of(java, "-XX:+UseSerialGC", "-Xmx160m", "-jar", jar);
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
