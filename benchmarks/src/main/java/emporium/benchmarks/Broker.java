package emporium.benchmarks;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamInfo;
import java.io.IOException;

/** The mall's broker, asked how many messages it has taken. */
final class Broker implements AutoCloseable {

    private final Connection connection;

    private Broker(Connection connection) {
        this.connection = connection;
    }

    static Broker at(String url) {
        try {
            return new Broker(Nats.connect(
                    Options.builder().server(url).connectionName("benchmarks").build()));
        } catch (IOException e) {
            throw new NoResult("No nats-server answers at " + url + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoResult("The driver was interrupted.", e);
        }
    }

    Connection connection() {
        return connection;
    }

    /** All that were ever stored, but for the bare loop's: a stream's last position counts what it has forgotten too. */
    long messages() {
        try {
            return connection.jetStreamManagement().getStreams().stream()
                    .filter(stream -> !Yardstick.STREAMS.contains(
                            stream.getConfiguration().getName()))
                    .map(StreamInfo::getStreamState)
                    .mapToLong(state -> state.getLastSequence())
                    .sum();
        } catch (IOException | JetStreamApiException e) {
            throw new NoResult("The nats-server does not tell of its streams: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
