package emporium.rest;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** Where the next page of a list begins: the id of the last row seen, opaque to the client. */
public final class Cursor {

    private Cursor() {}

    public static String encode(UUID last) {
        var bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(last.getMostSignificantBits())
                .putLong(last.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** The id in a {@code cursor} parameter; null for null, which is the first page. A text that is no cursor is a 400. */
    public static UUID decode(String cursor) {
        if (cursor == null) {
            return null;
        }
        var bytes = ByteBuffer.wrap(bytesOf(cursor));
        if (bytes.remaining() != Long.BYTES * 2) {
            throw notACursor();
        }
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static byte[] bytesOf(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw notACursor();
        }
    }

    private static Problem notACursor() {
        return Problem.badInput("cursor", "is not one that a former page has returned as next");
    }
}
