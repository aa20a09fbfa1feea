package emporium.messaging;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that could not be handled after all attempts.
 *
 * @param service the endpoint that could not handle it
 * @param consumer which of its consumers
 * @param body as text, readable as far as it is UTF-8
 * @param status PARKED waits for a person; REPLAYED was handled after all; DISCARDED never will be
 * @param resolvedWhy what the operator said
 */
public record ParkedMessage(
        UUID id,
        String service,
        String consumer,
        UUID messageId,
        String type,
        String source,
        UUID key,
        UUID correlationId,
        String subject,
        String body,
        String reason,
        String stack,
        int attempts,
        Instant parkedAt,
        Status status,
        Instant resolvedAt,
        String resolvedWhy) {

    public enum Status {
        /** Waits for a person. */
        PARKED,
        /** Was handled in the end. */
        REPLAYED,
        /** Will never be handled, by a person's decision. */
        DISCARDED
    }
}
