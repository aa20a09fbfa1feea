package emporium.infra;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A nats-server with JetStream and a store of its own, reached on the loopback address only. */
public final class NatsServer {

    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    static final String LOOPBACK = "127.0.0.1";

    private final NatsProgram program;
    private final Path store;
    private final int port;
    private final Path log;

    public NatsServer(NatsProgram program, Path store, int port, Path log) {
        this.program = program;
        this.store = store.toAbsolutePath();
        this.port = port;
        this.log = log;
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** Starts the server and returns at once; see {@link #awaitReady}. */
    public Process start() {
        return LocalProcess.start(program.command(store, port), Map.of(), log);
    }

    /** Waits until the server greets a client. */
    public void awaitReady(Process process) {
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (greeting(LOOPBACK, port).isEmpty()) {
            if (ended(process) || System.nanoTime() > deadline) {
                throw new InfraException("nats-server did not start; see " + log + ".");
            }
        }
        if (!greeting(LOOPBACK, port).orElse("").contains("\"jetstream\":true")) {
            throw new InfraException("The nats-server on port " + port + " runs without JetStream.");
        }
    }

    public static void stop(ProcessHandle process) {
        LocalProcess.stop(process, "TERM", Duration.ofSeconds(10));
    }

    /** Connects once to a server that runs already, to say early and in a sentence that it does not work. */
    public static void check(String url) {
        var address = URI.create(url.split(",")[0].contains("://") ? url.split(",")[0] : "nats://" + url.split(",")[0]);
        var port = address.getPort() < 0 ? 4222 : address.getPort();
        if (greeting(address.getHost(), port).isEmpty()) {
            throw new InfraException("No nats-server answers at " + address.getHost() + ":" + port + ".");
        }
    }

    /** What a server says first to whoever connects: {@code INFO} and its description as JSON. */
    static Optional<String> greeting(String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 1000);
            socket.setSoTimeout(1000);
            var line = new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();
            return Optional.ofNullable(line).filter(info -> info.startsWith("INFO "));
        } catch (IOException notYet) {
            return Optional.empty();
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
}
