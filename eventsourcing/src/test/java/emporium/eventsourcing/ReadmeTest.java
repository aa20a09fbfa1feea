package emporium.eventsourcing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code in the README is the code here. */
@QuarkusTest
class ReadmeTest {

    sealed interface LampEvent {

        record Hung(String room) implements LampEvent {}

        record Switched(boolean on, String by) implements LampEvent {}
    }

    record Lamp(String room, boolean on) {

        static final AggregateType<Lamp, LampEvent> TYPE = AggregateType.named("lamp", LampEvent.class, Lamp::after)
                .event("Hung", 1, LampEvent.Hung.class)
                .event("Switched", 2, LampEvent.Switched.class)
                .upcast("Switched", 1, data -> ((ObjectNode) data).put("by", "unknown"))
                .snapshotEvery(50, Lamp.class, 1)
                .build();

        static Lamp after(Lamp before, LampEvent event) {
            return switch (event) {
                case LampEvent.Hung hung -> new Lamp(hung.room(), false);
                case LampEvent.Switched switched -> new Lamp(before.room(), switched.on());
            };
        }
    }

    @Inject
    Bank bank;

    @Test
    void the_example_works() {
        var events = bank.events;
        var id = UUID.randomUUID();
        var noon = Instant.parse("2026-05-01T12:00:00Z");
        var now = noon.plusSeconds(60);
        var hung = List.of(new LampEvent.Hung("hall"));
        Bank.inTransaction(() -> events.save(Lamp.TYPE, Loaded.fresh(id), hung, Metadata.at(noon)));

        Bank.inTransaction(() -> {
            var lamp = events.find(Lamp.TYPE, id).orElseThrow();
            if (!lamp.state().on()) {
                events.save(Lamp.TYPE, lamp, List.of(new LampEvent.Switched(true, "ann")), Metadata.at(now));
            }
            var atNoon = events.findAt(Lamp.TYPE, id, noon);
            var changes = events.history(Lamp.TYPE, id, 0, 100);
            assertEquals(new Lamp("hall", false), atNoon.orElseThrow().state());
            assertEquals(2, changes.size());
            return changes;
        });
    }

    @Test
    void the_code_of_the_readme_is_the_code_of_this_test() throws IOException {
        var source = withoutSpace(Files.readString(Path.of("src/test/java/emporium/eventsourcing/ReadmeTest.java")));
        var blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertEquals(2, blocks.size());
        blocks.forEach(block -> assertTrue(source.contains(withoutSpace(block)), block));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
