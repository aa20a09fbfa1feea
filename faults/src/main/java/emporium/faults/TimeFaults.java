package emporium.faults;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clocks that jump, and messages that come again when the broker has long forgotten that it knew them. */
final class TimeFaults {

    private static final Duration ALL = Duration.ofMinutes(5);

    /** While thousands of messages come again, the broker takes its time. */
    private static final JetStreamOptions PATIENT =
            JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(30)).build();

    private TimeFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("clock-jumps", TimeFaults::jumps), Fault.of("replayed-a-day-later", TimeFaults::replayed));
    }

    /** An hour forward and an hour back, each time on one process. */
    private static void jumps(Arena arena) {
        for (var jump : List.of("PT1H", "PT-1H")) {
            var clock = "clock@" + arena.portOf(arena.anyProcess());
            arena.armed().arm(clock, jump);
            arena.shopping().place(10);
            arena.armed().disarm(clock);
            arena.shopping().place(5);
        }
    }

    /** Every message that the streams keep, once more and without the id by which the broker would know it. */
    private static void replayed(Arena arena) throws Exception {
        Patience.until("all orders to end", ALL, arena.shopping()::allEnded);
        arena.armed().arm("clock", "PT25H");
        arena.broker().by(connection -> {
            var publisher = connection.jetStream(PATIENT);
            var again = 0;
            for (var stream : Broker.STREAMS) {
                for (var message : kept(connection, stream)) {
                    publisher.publish(message);
                    again++;
                }
            }
            arena.note(again + " messages came again");
        });
        arena.broker().awaitConsumed(ALL);
        arena.armed().disarm("clock");
    }

    private static List<Message> kept(Connection connection, String stream)
            throws IOException, JetStreamApiException, InterruptedException {
        var kept = new ArrayList<Message>();
        var last = connection
                .jetStreamManagement()
                .getStreamInfo(stream)
                .getStreamState()
                .getLastSequence();
        var consumer = connection.getStreamContext(stream).createOrderedConsumer(new OrderedConsumerConfiguration());
        try {
            for (var sequence = 0L; sequence < last; ) {
                var message = consumer.next(Duration.ofSeconds(10));
                if (message == null) {
                    throw new Broken("the stream " + stream + " ends before its end");
                }
                sequence = message.metaData().streamSequence();
                // What nobody could read has no id by which it could be known again.
                if (message.hasHeaders() && isKnownAgain(message.getHeaders())) {
                    kept.add(withoutId(message));
                }
            }
        } catch (JetStreamStatusCheckedException e) {
            throw new Broken("reading " + stream, e);
        }
        return kept;
    }

    private static boolean isKnownAgain(Headers headers) {
        return headers.containsKey("Message-Id") || headers.containsKey("Pack");
    }

    private static Message withoutId(Message message) {
        var headers = new Headers();
        if (message.hasHeaders()) {
            message.getHeaders().forEach((name, values) -> {
                if (!name.startsWith("Nats-")) {
                    headers.put(name, values);
                }
            });
        }
        return NatsMessage.builder()
                .subject(message.getSubject())
                .headers(headers)
                .data(message.getData())
                .build();
    }
}
