package emporium.messaging;

import emporium.messaging.Replays.ReplayFailed;
import emporium.messaging.Transport.Kept;
import io.nats.client.Connection;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.nats.client.api.StreamInfoOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads once more what a stream keeps on some subjects. */
record JetStreamReplay(Connection connection, String stream, String filter) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    void run(int batch, Consumer<List<Kept>> sink) {
        try {
            // An empty stream says nothing at all, so it is asked beforehand how much it keeps.
            var about = connection
                    .jetStreamManagement()
                    .getStreamInfo(stream, StreamInfoOptions.filterSubjects(filter))
                    .getStreamState();
            if (about.getSubjects().stream().anyMatch(subject -> subject.getCount() > 0)) {
                readAll(batch, sink);
            }
        } catch (IOException | JetStreamApiException | JetStreamStatusCheckedException e) {
            throw new ReplayFailed("reading " + filter + " again: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayFailed("interrupted while reading " + filter + " again", e);
        }
    }

    private void readAll(int batch, Consumer<List<Kept>> sink)
            throws IOException, JetStreamApiException, JetStreamStatusCheckedException, InterruptedException {
        var messages = connection
                .getStreamContext(stream)
                .createOrderedConsumer(new OrderedConsumerConfiguration().filterSubject(filter))
                .iterate();
        try {
            handOver(messages, batch, sink);
        } finally {
            JetStreamConsumption.end(messages, filter);
        }
    }

    private void handOver(IterableConsumer messages, int batch, Consumer<List<Kept>> sink)
            throws JetStreamStatusCheckedException, InterruptedException {
        var kept = new ArrayList<Kept>(batch);
        for (var waiting = 1L; waiting > 0; ) {
            var message = messages.nextMessage(PATIENCE);
            if (message == null) {
                throw new ReplayFailed("NATS has stopped handing over " + filter, null);
            }
            waiting = message.metaData().pendingCount();
            for (var one : Pack.open(new Kept(JetStreamHeaders.read(message), message.getData()))) {
                kept.add(one);
                if (kept.size() == batch) {
                    sink.accept(List.copyOf(kept));
                    kept.clear();
                }
            }
        }
        if (!kept.isEmpty()) {
            sink.accept(kept);
        }
    }
}
