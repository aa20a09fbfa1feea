package emporium.messaging;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** The messages of one transaction as one JSON text, which is what the outbox keeps. */
final class Bundles {

    private static final String SUBJECT = "subject";
    static final String HEADERS = "headers";
    static final String BODY = "body";

    /** Numbers are kept as they were written. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Bundles() {}

    static String write(List<OutboxRow> messages) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (var message : messages) {
                json.writeStartObject();
                json.writeStringField(SUBJECT, message.subject());
                writeContent(json, message);
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static void writeContent(JsonGenerator json, OutboxRow message) throws IOException {
        json.writeObjectFieldStart(HEADERS);
        for (var header : Headers.write(message.envelope()).entrySet()) {
            json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
        json.writeFieldName(BODY);
        json.writeRawValue(new String(message.body(), StandardCharsets.UTF_8));
    }

    static List<OutboxRow> read(String text) {
        try {
            var messages = new ArrayList<OutboxRow>();
            for (var message : JSON.readTree(text)) {
                messages.add(read(message));
            }
            return messages;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the outbox holds what it did not write: " + e.getMessage(), e);
        }
    }

    private static OutboxRow read(JsonNode message) {
        var headers = new HashMap<String, String>();
        message.get(HEADERS)
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().textValue()));
        return new OutboxRow(
                message.get(SUBJECT).textValue(),
                Headers.read(headers),
                message.get(BODY).toString().getBytes(StandardCharsets.UTF_8));
    }
}
