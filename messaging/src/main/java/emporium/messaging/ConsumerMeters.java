package emporium.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * What becomes of the messages of one consumer: {@code messaging.handled}, by outcome (handled; repeated, and known to the
 * inbox; ignored, because it does not matter here; retried; parked), and {@code messaging.batch}, the time from taking a
 * batch in hand to the end of its work.
 */
record ConsumerMeters(
        Timer batch, Counter handled, Counter repeated, Counter ignored, Counter retried, Counter parked) {

    static ConsumerMeters of(MeterRegistry meters, String endpoint, String consumer) {
        var tags = Tags.of("endpoint", endpoint, "consumer", consumer);
        return new ConsumerMeters(
                Timer.builder("messaging.batch")
                        .description("Time in which a batch of messages is handled")
                        .tags(tags)
                        .register(meters),
                counter(meters, tags, "handled"),
                counter(meters, tags, "repeated"),
                counter(meters, tags, "ignored"),
                counter(meters, tags, "retried"),
                counter(meters, tags, "parked"));
    }

    private static Counter counter(MeterRegistry meters, Tags tags, String outcome) {
        return Counter.builder("messaging.handled")
                .description("Messages taken from the broker")
                .tags(tags.and("outcome", outcome))
                .register(meters);
    }
}
