package emporium.messaging;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** An {@link Envelope} as message headers. */
final class Headers {

    static final String ID = "Message-Id";
    static final String TYPE = "Type";
    static final String ERROR = "Error";
    private static final String SOURCE = "Source";
    private static final String KEY = "Key";
    private static final String CORRELATION = "Correlation-Id";
    private static final String CAUSATION = "Causation-Id";
    private static final String CONVERSATION = "Conversation-Id";
    private static final String REPLY_TO = "Reply-To-Endpoint";
    private static final String TRACEPARENT = "traceparent";

    private Headers() {}

    static Map<String, String> write(Envelope envelope) {
        var headers = new HashMap<String, String>();
        put(headers, ID, envelope.id());
        put(headers, TYPE, envelope.type());
        put(headers, SOURCE, envelope.source());
        put(headers, KEY, envelope.key());
        put(headers, CORRELATION, envelope.correlationId());
        put(headers, CAUSATION, envelope.causationId());
        put(headers, CONVERSATION, envelope.conversationId());
        put(headers, REPLY_TO, envelope.replyTo());
        put(headers, TRACEPARENT, envelope.traceparent());
        return headers;
    }

    static Envelope read(Map<String, String> headers) {
        if (headers.containsKey(Pack.HEADER)) {
            throw new UndecodableMessage("a pack of " + headers.get(Pack.HEADER) + " messages cannot be unpacked");
        }
        return new Envelope(
                required(uuid(headers, ID), ID),
                required(headers.get(TYPE), TYPE),
                headers.get(SOURCE),
                required(uuid(headers, KEY), KEY),
                uuid(headers, CORRELATION),
                uuid(headers, CAUSATION),
                uuid(headers, CONVERSATION),
                headers.get(REPLY_TO),
                headers.get(TRACEPARENT));
    }

    private static void put(Map<String, String> headers, String name, Object value) {
        if (value != null) {
            headers.put(name, value.toString());
        }
    }

    private static <T> T required(T value, String name) {
        if (value == null) {
            throw new UndecodableMessage("the header " + name + " is missing");
        }
        return value;
    }

    private static UUID uuid(Map<String, String> headers, String name) {
        var text = headers.get(name);
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new UndecodableMessage("the header " + name + " is no UUID: " + text, e);
        }
    }
}
