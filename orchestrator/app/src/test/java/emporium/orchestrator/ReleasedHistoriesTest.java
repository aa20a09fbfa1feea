package emporium.orchestrator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import emporium.saga.Saga;
import emporium.saga.testing.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays the recorded histories of every released version with the present code. A file is never edited, but for
 * a sentence meant for people; one that does not play any more says that orders in flight would not either.
 */
class ReleasedHistoriesTest {

    static final Path HISTORIES = Path.of("src/test/resources/released");
    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private static final List<Saga<?>> DEFINITIONS =
            List.of(CreateOrder.V1, CreateOrder.DEFINITION, CancelOrderSaga.DEFINITION);

    @TestFactory
    Stream<DynamicTest> a_recorded_history_is_played_as_it_was() throws IOException {
        return files().stream().map(file -> DynamicTest.dynamicTest(file.getFileName() + "", () -> play(read(file))));
    }

    @Test
    void every_version_has_recorded_histories_and_every_recorded_version_is_still_played() throws IOException {
        var recorded = new TreeMap<String, Integer>();
        for (var file : files()) {
            recorded.merge(titleOf(read(file)), 1, Integer::sum);
        }
        var defined = new TreeSet<>(DEFINITIONS.stream().map(Saga::toString).toList());
        assertEquals(defined, Set.copyOf(recorded.keySet()));
    }

    private static void play(Recording recording) {
        var saga = DEFINITIONS.stream()
                .filter(defined -> defined.toString().equals(titleOf(recording)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("released, and no longer defined: " + titleOf(recording)));
        recording.play(saga, Orchestration.WIRE, CreateOrder::refusal, JSON);
    }

    private static String titleOf(Recording recording) {
        return recording.definition() + " v" + recording.version();
    }

    private static Recording read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Recording.class);
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.list(HISTORIES)) {
            return files.sorted().toList();
        }
    }
}
