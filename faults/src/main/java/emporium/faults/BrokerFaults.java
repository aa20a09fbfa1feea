package emporium.faults;

import java.time.Duration;
import java.util.List;

/** The broker away, forgetful, or robbed. */
final class BrokerFaults {

    private static final List<String> STREAMS = List.of("COMMANDS", "REPLIES", "EVENTS");

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
                Fault.of("consumer-deleted", BrokerFaults::consumersDeleted));
    }

    private static void back(Arena arena) {
        arena.broker().node(0).start();
        arena.broker().node(0).awaitReady();
    }

    /** In the middle of orders: messages are acknowledged and not yet consumed, and others in the hands of receivers. */
    private static void wiped(Arena arena) {
        arena.shopping().place(10);
        arena.broker().node(0).kill();
        arena.broker().node(0).wipe();
        arena.shopping().want(20);
        back(arena);
    }

    private static void streamsDeleted(Arena arena) throws Exception {
        arena.broker().by(connection -> {
            for (var stream : STREAMS) {
                arena.shopping().place(5);
                connection.jetStreamManagement().deleteStream(stream);
            }
        });
    }

    private static void consumersDeleted(Arena arena) throws Exception {
        arena.broker().by(connection -> {
            var management = connection.jetStreamManagement();
            for (var stream : STREAMS) {
                arena.shopping().place(5);
                for (var consumer : management.getConsumerNames(stream)) {
                    management.deleteConsumer(stream, consumer);
                }
            }
        });
    }
}
