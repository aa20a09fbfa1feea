package emporium.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What one message has cost in the {@link Workshop}; CPU in microseconds. */
record WorkshopResult(double jvmMicros, double postgresMicros, double meanBatch) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    double cpuMicros() {
        return jvmMicros + postgresMicros;
    }

    static WorkshopResult read(Path file) {
        try {
            return MAPPER.readerFor(WorkshopResult.class).readValue(file.toFile());
        } catch (IOException e) {
            throw new NoResult("The workshop's result cannot be read: " + e.getMessage() + ".", e);
        }
    }

    void write(Path file) {
        try {
            MAPPER.writeValue(file.toFile(), this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
