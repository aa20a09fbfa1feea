package emporium.messaging;

import emporium.messaging.Transport.BrokerUnavailable;
import emporium.messaging.Transport.ConsumerSpec;
import emporium.messaging.Transport.Delivery;
import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.JetStreamApiException;
import io.nats.client.MessageConsumer;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** One durable consumer, begun anew whenever its pull may have died. */
final class JetStreamConsumption implements Transport.Consumption {

    private static final Logger LOG = Logger.getLogger(JetStreamConsumption.class);
    private static final int PULL = 100;

    /** The broker says every half of it that it is there; one that says nothing three times is asked anew. */
    private static final int PULL_EXPIRES_MILLIS = 4_000;

    private final JetStreamTopology topology;
    private final ConsumerSpec spec;
    private final Consumer<Delivery> sink;
    private volatile Connection connection;
    private MessageConsumer current;
    private boolean stopped;

    JetStreamConsumption(JetStreamTopology topology, ConsumerSpec spec, Consumer<Delivery> sink) {
        this.topology = topology;
        this.spec = spec;
        this.sink = new Unpacker(sink);
    }

    String stream() {
        return spec.stream();
    }

    /** Makes the consumer if it has vanished; {@code valid} as in {@link JetStreamDelivery}. */
    synchronized void restart(Connection connection, BooleanSupplier valid) throws IOException, JetStreamApiException {
        this.connection = connection;
        end();
        if (stopped) {
            return;
        }
        topology.prepareConsumer(connection, spec);
        current = connection
                .getStreamContext(spec.stream())
                .getConsumerContext(spec.durable())
                .consume(
                        ConsumeOptions.builder()
                                .batchSize(PULL)
                                .expiresIn(PULL_EXPIRES_MILLIS)
                                .build(),
                        message -> sink.accept(new JetStreamDelivery(message, JetStreamHeaders.read(message), valid)));
    }

    @Override
    public long waiting() {
        if (connection.getStatus() != Connection.Status.CONNECTED) {
            throw new BrokerUnavailable("NATS is not connected", null);
        }
        try {
            var info = connection.jetStreamManagement().getConsumerInfo(spec.stream(), spec.durable());
            return info.getNumPending() + info.getNumAckPending();
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new BrokerUnavailable("asking about " + spec.durable() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        stopped = true;
        end();
    }

    private void end() {
        if (current != null) {
            end(current, spec.durable());
            current = null;
        }
    }

    static void end(MessageConsumer consumer, String what) {
        try {
            consumer.close();
        } catch (Exception e) {
            LOG.debugf(e, "the former consumption of %s was already gone", what);
        }
    }
}
