package emporium.faults;

import emporium.infra.LocalProcess;
import emporium.infra.NatsProgram;
import emporium.infra.Ports;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One nats-server or a cluster of them, each in a process that can be killed, paused and robbed of its store. */
final class Broker implements AutoCloseable {

    static final List<String> STREAMS = List.of("COMMANDS", "REPLIES", "EVENTS");

    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final List<Node> nodes = new ArrayList<>();

    /** @param most bytes that the store may hold, in nats-server's words; empty for all that the disk has */
    Broker(Path folder, int size, String most) {
        var binary = binary();
        var clusterPorts = new ArrayList<Integer>();
        for (var i = 0; i < size; i++) {
            clusterPorts.add(Ports.free());
        }
        for (var i = 0; i < size; i++) {
            nodes.add(new Node(binary, folder.resolve("nats-" + i), most, i, clusterPorts));
        }
        nodes.forEach(Node::start);
        nodes.forEach(Node::awaitReady);
    }

    private static Path binary() {
        if (NatsProgram.find() instanceof NatsProgram.Binary program) {
            return program.path();
        }
        throw new Broken("there is no nats-server program on this machine; name one with NATS_SERVER");
    }

    /** All addresses, as clients want them. */
    String urls() {
        return nodes.stream().map(Node::url).collect(Collectors.joining(","));
    }

    Node node(int number) {
        return nodes.get(number);
    }

    List<Node> nodes() {
        return nodes;
    }

    /** As an administrator with a client of his own. */
    void by(Hand hand) throws IOException, JetStreamApiException, InterruptedException {
        var connection = Nats.connect(urls());
        try {
            hand.at(connection);
        } finally {
            connection.close();
        }
    }

    interface Hand {
        void at(Connection connection) throws IOException, JetStreamApiException, InterruptedException;
    }

    /** Waits until the consumers have handled all that the streams hold for them. */
    void awaitConsumed(Duration atMost) throws IOException, JetStreamApiException, InterruptedException {
        by(connection -> {
            var deadline = System.nanoTime() + atMost.toNanos();
            while (!isConsumed(connection.jetStreamManagement())) {
                if (System.nanoTime() > deadline) {
                    throw new Broken("messages are still waiting after " + atMost);
                }
                Patience.pause(Duration.ofMillis(200));
            }
        });
    }

    private static boolean isConsumed(JetStreamManagement management) throws IOException, JetStreamApiException {
        for (var stream : STREAMS) {
            for (var consumer : management.getConsumers(stream)) {
                if (consumer.getNumPending() > 0 || consumer.getNumAckPending() > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() {
        nodes.forEach(Node::kill);
    }

    /** One server. */
    static final class Node {

        private final int port = Ports.free();
        private final Path folder;
        private final List<String> command;
        private Process process;

        private Node(Path binary, Path folder, String most, int number, List<Integer> clusterPorts) {
            this.folder = folder;
            this.command =
                    List.of(binary.toString(), "-c", folder.resolve("nats.conf").toString());
            write(folder.resolve("nats.conf"), configuration(most, number, clusterPorts));
        }

        private String configuration(String most, int number, List<Integer> clusterPorts) {
            var store = "jetstream { store_dir: \"%s\"%s }\n"
                    .formatted(folder.resolve("store"), most.isEmpty() ? "" : ", max_file_store: " + most);
            var alone = "listen: \"127.0.0.1:%d\"\nserver_name: n%d\n%s".formatted(port, number, store);
            if (clusterPorts.size() == 1) {
                return alone;
            }
            var routes = clusterPorts.stream()
                    .map(other -> "\"nats://127.0.0.1:" + other + "\"")
                    .collect(Collectors.joining(", "));
            return alone
                    + "cluster { name: faults, listen: \"127.0.0.1:%d\", routes: [%s] }\n"
                            .formatted(clusterPorts.get(number), routes);
        }

        String url() {
            return "nats://127.0.0.1:" + port;
        }

        void start() {
            process = LocalProcess.start(command, Map.of(), folder.resolve("nats.log"));
        }

        void awaitReady() {
            Patience.until("nats-server " + folder, START_PATIENCE, this::greets);
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }

        void pause() {
            LocalProcess.signal(process.toHandle(), "STOP");
        }

        void resume() {
            LocalProcess.signal(process.toHandle(), "CONT");
        }

        void wipe() {
            try (var all = Files.walk(folder.resolve("store"))) {
                for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean greets() {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        }

        private static void write(Path file, String text) {
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
