package emporium.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code ./emporium demo}, as a person runs it, the same in both forms. */
abstract class DemoStories {

    /** In this order. */
    private static final List<String> STORY = List.of(
            "registered as a customer",
            "payment of",
            "AUTHORIZED",
            "a basket, which is OPEN",
            "into it goes",
            "into it goes",
            "checked out",
            "the order is PENDING",
            "the order is APPROVED",
            "list is AVAILABLE",
            "list is ASSIGNED",
            "list is COMPLETED",
            "the order is READY",
            "the invoice of",
            "ISSUED",
            "the invoice is PAID",
            "the order is COMPLETED",
            "mail about CREATED: SENT",
            "mail about APPROVED: SENT",
            "mail about READY: SENT",
            "mail about COMPLETED: SENT",
            "finds the order",
            "the order is APPROVED",
            "the order is CANCELLING",
            "the order is CANCELLED",
            "shopping list is CANCELLED",
            "payment is VOIDED",
            "mail about CANCELLED: SENT");

    record Demo(int exitCode, String output) {

        static Demo run(String... options) throws IOException, InterruptedException {
            var command = Stream.concat(Stream.of("./emporium", "demo"), Stream.of(options))
                    .toList();
            var process = new ProcessBuilder(command)
                    .directory(RunningMall.home().toFile())
                    .redirectErrorStream(true)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Demo(process.waitFor(), output);
        }

        void assertToldTheWholeStory() {
            assertEquals(0, exitCode, output);
            var from = 0;
            for (var part : STORY) {
                var found = output.indexOf(part, from);
                assertTrue(found >= 0, "'" + part + "' is missing in\n" + output);
                from = found + part.length();
            }
        }
    }

    @Test
    void the_demo_tells_the_story_to_its_end_and_plays_the_bot_where_none_is(Mall mall) throws Exception {
        var demo = Demo.run("--port", Integer.toString(mall.port()));
        demo.assertToldTheWholeStory();
        assertTrue(demo.output().contains("plays one"), demo.output());
    }
}
