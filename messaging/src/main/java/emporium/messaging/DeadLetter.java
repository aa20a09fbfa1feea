package emporium.messaging;

import java.util.UUID;

/** What the stream of dead letters tells of a message that was parked; {@code type} is null if it could not be read. */
public record DeadLetter(
        String endpoint, String consumer, UUID messageId, String type, String subject, String reason, String body) {

    /** The name under which it travels. */
    public static final String WIRE_NAME = "messaging.Parked.v1";
}
