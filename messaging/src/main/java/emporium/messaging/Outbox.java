package emporium.messaging;

import java.util.UUID;

/**
 * What an endpoint says, as part of the caller's transaction: rows are written with the commit and published right
 * after it, at least once, or not at all when the transaction rolls back. Call it inside a JTA transaction, from any
 * thread; outside of one it throws {@link IllegalStateException}.
 */
public interface Outbox {

    /** Publishes an event about {@code key} and returns its message id. */
    UUID publish(UUID key, Object event);

    /**
     * Sends a command to the service that its wire name names. The reply comes to this endpoint and carries
     * {@code id} as causation and {@code conversation} as conversation id.
     *
     * @param id a UUIDv7, the same on every repetition: see {@link MessageIds#derived(UUID, String)}
     */
    void send(UUID id, UUID conversation, Object command);

    /** As {@link #send(UUID, UUID, Object)} in a context of its own, for handlers of whole batches. */
    void send(UUID id, UUID conversation, Object command, MessageContext context);
}
