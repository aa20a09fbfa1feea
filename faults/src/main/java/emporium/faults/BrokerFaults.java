package emporium.faults;

import emporium.faults.Arena.Kind;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The broker away, forgetful, or robbed. */
final class BrokerFaults {

    /** In which a node that was away takes over again what it has missed, so that the next may go. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int JUNK = 512 * 1024;

    private BrokerFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("broker-killed", arena -> {
                    arena.broker().node(0).kill();
                    back(arena);
                }),
                Fault.of("broker-away", arena -> {
                    arena.broker().node(0).kill();
                    arena.shopping().want(20);
                    Patience.pause(arena.isLong() ? Duration.ofMinutes(2) : Duration.ofSeconds(5));
                    back(arena);
                }),
                Fault.of("broker-paused", arena -> {
                    arena.broker().node(0).pause();
                    arena.shopping().want(20);
                    Patience.pause(Duration.ofSeconds(12));
                    arena.broker().node(0).resume();
                }),
                Fault.of("broker-wiped", BrokerFaults::wiped),
                Fault.of("stream-deleted", BrokerFaults::streamsDeleted),
                Fault.of("consumer-deleted", BrokerFaults::consumersDeleted),
                Fault.of("broker-full", Kind.SMALL_STORE, BrokerFaults::full),
                Fault.of("long-outbox", BrokerFaults::longOutbox),
                Fault.of("cluster-node-killed", Kind.CLUSTER, arena -> {
                    for (var node : arena.broker().nodes()) {
                        node.kill();
                        arena.shopping().place(5);
                        node.start();
                        node.awaitReady();
                        Patience.pause(SETTLING);
                    }
                }),
                Fault.of("cluster-node-cut-off", Kind.CLUSTER, arena -> {
                    for (var node : arena.broker().nodes()) {
                        node.pause();
                        arena.shopping().place(5);
                        node.resume();
                        Patience.pause(SETTLING);
                    }
                }));
    }

    private static void back(Arena arena) {
        arena.broker().node(0).start();
        arena.broker().node(0).awaitReady();
    }

    /** While messages are acknowledged and not yet consumed, because for a moment nobody listens. */
    private static void wiped(Arena arena) {
        arena.armed().arm("deaf", "");
        arena.shopping().place(10);
        arena.broker().node(0).kill();
        arena.broker().node(0).wipe();
        arena.armed().disarm("deaf");
        arena.shopping().want(20);
        back(arena);
    }

    private static void streamsDeleted(Arena arena) throws Exception {
        arena.broker().by(connection -> {
            for (var stream : Broker.STREAMS) {
                arena.shopping().place(5);
                connection.jetStreamManagement().deleteStream(stream);
            }
        });
    }

    private static void consumersDeleted(Arena arena) throws Exception {
        arena.broker().by(connection -> {
            var management = connection.jetStreamManagement();
            for (var stream : Broker.STREAMS) {
                arena.shopping().place(5);
                for (var consumer : management.getConsumerNames(stream)) {
                    delete(management, stream, consumer);
                }
            }
        });
    }

    /** Where it is made again at once, the server may complain of finding new files in the folder that it clears. */
    private static void delete(JetStreamManagement management, String stream, String consumer)
            throws IOException, JetStreamApiException {
        try {
            management.deleteConsumer(stream, consumer);
        } catch (JetStreamApiException e) {
            if (!e.getMessage().contains("directory not empty")) {
                throw e;
            }
        }
    }

    /** Somebody fills the disk; publications are refused until there is room again. */
    private static void full(Arena arena) throws Exception {
        arena.broker().by(connection -> {
            var junk = new byte[JUNK];
            var stored = 0;
            try {
                while (true) {
                    connection.jetStream().publish("dlq.junk", junk);
                    stored++;
                }
            } catch (IOException | JetStreamApiException full) {
                arena.note("full after " + stored / 2 + " MB");
            }
            arena.shopping().want(20);
            Patience.pause(Duration.ofSeconds(arena.isLong() ? 60 : 5));
            connection.jetStreamManagement().purgeStream("DEAD_LETTERS");
        });
    }

    /** While the broker is away, far more is said than it can be told in a moment; new orders do not wait for that. */
    private static void longOutbox(Arena arena) throws Exception {
        var messages = arena.isLong() ? 100_000 : 10_000;
        arena.broker().node(0).kill();
        arena.database().say(messages);
        back(arena);
        var begun = System.nanoTime();
        arena.shopping().place(20);
        var placed = since(begun);
        var orders = arena.shopping().placed().size();
        Patience.until(
                "new orders to be decided", PATIENCE, () -> arena.shopping().decided() >= orders);
        var decided = since(begun);
        Patience.until("the outbox to be empty", PATIENCE, () -> arena.database()
                .ask("stores", "select 1 from stores.outbox_pending where written_at < now() - interval '1 s' limit 1")
                .isEmpty());
        var drained = since(begun);
        arena.note("%d messages drained in %.1f s (%.0f/s), 20 new orders accepted in %.1f s, decided in %.1f s"
                .formatted(messages, drained, messages / drained, placed, decided));
        arena.broker().awaitConsumed(PATIENCE);
    }

    private static double since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
    }
}
