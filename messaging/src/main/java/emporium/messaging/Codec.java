package emporium.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** Message bodies as JSON: ISO-8601 times, unknown fields ignored so that a newer sender can add optional ones. */
final class Codec {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Codec() {}

    static byte[] write(Object message) {
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(message.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    static <T> T read(byte[] body, Class<T> type) {
        try {
            var message = JSON.readValue(body, type);
            if (message == null) {
                throw new UndecodableMessage("an empty body is no " + type.getSimpleName());
            }
            return message;
        } catch (IOException e) {
            throw new UndecodableMessage("the body is no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
