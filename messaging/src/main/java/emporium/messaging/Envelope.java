package emporium.messaging;

import java.util.UUID;

/**
 * What travels with a message beside its body.
 *
 * @param id UUIDv7; the same however often the message is sent. The inbox knows messages by it
 * @param type the wire name, {@code owner.Name.vN}
 * @param source the endpoint that sent it
 * @param key what it is about (an aggregate's or saga's id); messages of one key share a partition
 * @param correlationId the same for all that follows from one first cause, such as one REST request
 * @param causationId the message that led to this one; for a reply the command it answers; null at the start of a chain
 * @param conversationId chosen by the sender of a command and returned with its reply (a saga's id); else null
 * @param replyTo the endpoint that awaits the reply to a command; else null
 * @param traceparent W3C trace context, or null
 */
public record Envelope(
        UUID id,
        String type,
        String source,
        UUID key,
        UUID correlationId,
        UUID causationId,
        UUID conversationId,
        String replyTo,
        String traceparent) {

    /** The same in another trace context. */
    Envelope tracedBy(String traceparent) {
        return new Envelope(id, type, source, key, correlationId, causationId, conversationId, replyTo, traceparent);
    }
}
