package emporium.eventsourcing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

/**
 * When, by whom and why something happened.
 *
 * @param occurredAt kept to the microsecond, as PostgreSQL does
 * @param actor who asked for it, or null
 * @param correlationId the conversation that it belongs to, or null
 * @param causationId the message or request that led to it, or null
 * @param reason in words, when the actor gave one, or null
 */
public record Metadata(Instant occurredAt, String actor, UUID correlationId, UUID causationId, String reason) {

    public Metadata {
        occurredAt = Objects.requireNonNull(occurredAt, "occurredAt").truncatedTo(ChronoUnit.MICROS);
    }

    /** Metadata that knows the time only. */
    public static Metadata at(Instant occurredAt) {
        return new Metadata(occurredAt, null, null, null, null);
    }
}
