package emporium.benchmarks;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;

/** Results as files that programs read. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Json() {}

    static void write(Object results, Path file) {
        try {
            MAPPER.writeValue(file.toFile(), results);
        } catch (IOException e) {
            throw new NoResult("The results cannot be written to " + file + ": " + e.getMessage() + ".", e);
        }
    }

    static <T> T read(Path file, Class<T> type) {
        try {
            return MAPPER.readerFor(type).readValue(file.toFile());
        } catch (IOException e) {
            throw new NoResult("The result " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
