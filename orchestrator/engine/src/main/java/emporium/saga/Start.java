package emporium.saga;

import emporium.messaging.MessageContext;
import emporium.messaging.Received;
import java.util.UUID;

/**
 * A saga to be begun.
 *
 * @param businessKey what it is about, a UUIDv7: a definition begins once for one key, however often it is asked to
 * @param context on whose behalf; what the commands carry
 */
public record Start<D>(UUID businessKey, D draft, MessageContext context) {

    /** A saga that begins because of this message. */
    public static <D> Start<D> because(Received<?> cause, UUID businessKey, D draft) {
        return new Start<>(businessKey, draft, contextOf(cause));
    }

    static MessageContext contextOf(Received<?> cause) {
        var envelope = cause.envelope();
        return new MessageContext(envelope.correlationId(), envelope.id(), envelope.traceparent(), envelope.source());
    }
}
