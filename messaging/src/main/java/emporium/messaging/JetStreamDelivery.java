package emporium.messaging;

import io.nats.client.Message;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Settling is best effort: a message whose settlement is lost comes again, and the inbox knows it.
 *
 * @param valid whether the stream is still the one that handed it out. An acknowledgement names its message by its
 *     position, and in a stream that was lost and made again that is another message.
 */
record JetStreamDelivery(Message message, Map<String, String> headers, BooleanSupplier valid)
        implements Transport.Delivery {

    private static final Logger LOG = Logger.getLogger(JetStreamDelivery.class);

    @Override
    public String subject() {
        return message.getSubject();
    }

    @Override
    public byte[] body() {
        return message.getData();
    }

    @Override
    public String place() {
        return Long.toString(message.metaData().streamSequence());
    }

    @Override
    public int attempt() {
        return (int) message.metaData().deliveredCount();
    }

    @Override
    public void ack() {
        settle(message::ack);
    }

    @Override
    public void retryIn(Duration delay) {
        settle(() -> message.nakWithDelay(delay));
    }

    @Override
    public void inProgress() {
        settle(message::inProgress);
    }

    private void settle(Runnable settlement) {
        if (!valid.getAsBoolean()) {
            return;
        }
        try {
            settlement.run();
        } catch (IllegalStateException e) {
            LOG.debug("a message could not be settled and will come again", e);
        }
    }
}
