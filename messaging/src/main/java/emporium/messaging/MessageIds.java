package emporium.messaging;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.UUIDClock;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Makes and reads the ids of messages: UUIDv7 (RFC 9562), so that they sort by time and tables can be cut by it. */
public final class MessageIds {

    private final InstantSource clock;
    private volatile TimeBasedEpochRandomGenerator generator;

    public MessageIds(InstantSource clock) {
        this.clock = clock;
    }

    /** A new id of the present millisecond. Safe for use by many threads. */
    public UUID next() {
        return generator().generate();
    }

    /** Not made before the first id: a native executable is built with this object in it, and takes no random along. */
    private TimeBasedEpochRandomGenerator generator() {
        if (generator == null) {
            generator = Generators.timeBasedEpochRandomGenerator(null, new UUIDClock() {
                @Override
                public long currentTimeMillis() {
                    return clock.millis();
                }
            });
        }
        return generator;
    }

    /** The id that always comes of this id and this text: same time, other random part. Used for replies and commands. */
    public static UUID derived(UUID from, String text) {
        return derived(from, text, timeOf(from));
    }

    /** As {@link #derived(UUID, String)}, with a time of its own. */
    public static UUID derived(UUID from, String text, Instant at) {
        var hash = ByteBuffer.wrap(sha256(from + "/" + text));
        var high = (at.toEpochMilli() << 16) | 0x7000L | (hash.getLong() & 0x0FFFL);
        var low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** When a UUIDv7 was made, to the millisecond. */
    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    /** The smallest UUIDv7-ordered value of an instant: a bound for ranges of ids. */
    static UUID firstOf(Instant instant) {
        return new UUID(instant.toEpochMilli() << 16, 0);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
