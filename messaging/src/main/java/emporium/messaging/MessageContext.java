package emporium.messaging;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * On whose behalf the present thread works: what goes into the envelopes of all it sends and into the metadata of
 * the events it records. The receiver sets it for handlers, the REST filter for requests.
 *
 * @param correlationId see {@link Envelope#correlationId()}; null outside of any context: a new one is made
 * @param causationId the message being handled, or null
 * @param traceparent W3C trace context, or null
 * @param actor who asked for it: a user, or the endpoint that sent the message; null when unknown
 */
public record MessageContext(UUID correlationId, UUID causationId, String traceparent, String actor) {

    /** Outside of any context. */
    public static final MessageContext NONE = new MessageContext(null, null, null, null);

    private static final ThreadLocal<MessageContext> CURRENT = ThreadLocal.withInitial(() -> NONE);

    /** The context in which the message of this envelope is handled. */
    public static MessageContext of(Envelope envelope) {
        return new MessageContext(envelope.correlationId(), envelope.id(), envelope.traceparent(), envelope.source());
    }

    public static MessageContext current() {
        return CURRENT.get();
    }

    /** For request filters, whose request has a thread of its own; all others use {@link #call}. */
    public static void set(MessageContext context) {
        CURRENT.set(context);
    }

    /** As {@link #call}, without a result. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    /** Runs the work in this context and restores the former one. */
    public <T> T call(Supplier<T> work) {
        var former = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.set(former);
        }
    }
}
