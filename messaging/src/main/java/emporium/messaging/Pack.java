package emporium.messaging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import emporium.messaging.Transport.Kept;
import emporium.messaging.Transport.Outgoing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Messages of one transaction, or of one sweep, for one subject, which travel as one message of the broker's: a header says how many, the
 * body is a JSON array of their headers and bodies. A pack of one is that message itself.
 */
final class Pack {

    static final String HEADER = "Pack";

    /** Far below what a broker takes as one message: what a consumer may have in its hands is counted in packs. */
    static final int MOST_BYTES = 64 * 1024;

    private static final int HEADERS_BYTES = 512;
    private static final JsonFactory JSON = new JsonFactory();

    private final List<OutboxRow> messages = new ArrayList<>();
    private int bytes;

    private Pack() {}

    /** Puts messages for the same subject together, so many at most, each subject's in their order. */
    static List<Pack> of(Collection<OutboxRow> messages, int most) {
        var packs = new ArrayList<Pack>();
        var open = new HashMap<String, Pack>();
        for (var message : messages) {
            var pack = open.get(message.subject());
            if (pack == null || !pack.hasRoom(message, most)) {
                pack = new Pack();
                packs.add(pack);
                open.put(message.subject(), pack);
            }
            pack.add(message);
        }
        return packs;
    }

    /**
     * For its publication. What is published again as it was packed before is dropped by the broker; packed with others,
     * it is another message to it.
     */
    Outgoing outgoing() {
        return messages.size() == 1 ? messages.getFirst().outgoing() : packed(ids().toString());
    }

    /** For answers given again: they must arrive even if the broker remembers the first ones. */
    Outgoing again() {
        return messages.size() == 1 ? messages.getFirst().again() : packed(null);
    }

    /** The messages in it, if it is a pack; one that cannot be read stays as it is, and nobody can handle it. */
    static List<Kept> open(Kept message) {
        var size = message.headers().get(HEADER);
        if (size == null) {
            return List.of(message);
        }
        try {
            var messages = read(message.body());
            return size.equals(Integer.toString(messages.size())) ? messages : List.of(message);
        } catch (IOException e) {
            return List.of(message);
        }
    }

    List<OutboxRow> messages() {
        return messages;
    }

    /** One id for all of its messages' ids. */
    private UUID ids() {
        var all = messages.stream()
                .map(message -> message.envelope().id().toString())
                .collect(Collectors.joining());
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.US_ASCII));
    }

    private boolean hasRoom(OutboxRow message, int most) {
        return messages.size() < most && bytes + size(message) <= MOST_BYTES;
    }

    private void add(OutboxRow message) {
        messages.add(message);
        bytes += size(message);
    }

    private static int size(OutboxRow message) {
        return message.body().length + HEADERS_BYTES;
    }

    private Outgoing packed(String dedupeId) {
        var headers = Map.of(HEADER, Integer.toString(messages.size()));
        return new Outgoing(messages.getFirst().subject(), dedupeId, headers, body());
    }

    private byte[] body() {
        var written = new ByteArrayOutputStream(bytes);
        try (var json = JSON.createGenerator(written)) {
            json.writeStartArray();
            for (var message : messages) {
                json.writeStartObject();
                Bundles.writeContent(json, message);
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.toByteArray();
    }

    private static List<Kept> read(byte[] pack) throws IOException {
        try (var json = JSON.createParser(pack)) {
            var messages = new ArrayList<Kept>();
            json.nextToken();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                messages.add(readOne(json, pack));
            }
            return messages;
        }
    }

    private static Kept readOne(JsonParser json, byte[] pack) throws IOException {
        var headers = new HashMap<String, String>();
        var body = new byte[0];
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            if (name.equals(Bundles.HEADERS)) {
                readHeaders(json, headers);
            } else if (name.equals(Bundles.BODY)) {
                body = cutOut(json, pack);
            } else {
                json.skipChildren();
            }
        }
        return new Kept(headers, body);
    }

    private static void readHeaders(JsonParser json, Map<String, String> headers) throws IOException {
        for (String name; (name = json.nextFieldName()) != null; ) {
            headers.put(name, json.nextTextValue());
        }
    }

    /** A body is read by who knows its type; here it only passes by. */
    private static byte[] cutOut(JsonParser json, byte[] pack) throws IOException {
        var from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        return Arrays.copyOfRange(pack, from, (int) json.currentLocation().getByteOffset());
    }
}
