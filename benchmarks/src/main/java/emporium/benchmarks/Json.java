package emporium.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;

/** Results as files that programs read. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    static void write(Object results, Path file) {
        try {
            MAPPER.writeValue(file.toFile(), results);
        } catch (IOException e) {
            throw new NoResult("The results cannot be written to " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
