package emporium.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void without_arguments_all_scenarios_run_against_the_mall_of_this_folder() {
        var options = Options.parse(List.of());
        assertTrue(options.scenarios().containsAll(List.of(Scenario.QUIET, Scenario.CANCEL_STORM)));
        assertFalse(options.scenarios().contains(Scenario.RATE));
        assertEquals(Path.of(".emporium"), options.data());
        assertEquals(Duration.ofSeconds(30), options.measured());
    }

    @Test
    void scenarios_and_options_may_stand_in_any_order() {
        var options = Options.parse(
                List.of("quiet", "--seconds", "5", "1000", "--json", "out.json", "--url", "http://localhost:9090"));
        assertEquals(List.of(Scenario.QUIET, Scenario.THOUSAND), options.scenarios());
        assertEquals(Duration.ofSeconds(5), options.measured());
        assertEquals(Path.of("out.json"), options.json().orElseThrow());
        assertEquals(URI.create("http://localhost:9090"), options.url().orElseThrow());
    }

    @Test
    void a_rate_alone_means_the_open_loop() {
        assertEquals(
                List.of(Scenario.RATE), Options.parse(List.of("--rate", "50")).scenarios());
    }

    @Test
    void what_makes_no_sense_is_refused_with_a_sentence() {
        for (var arguments : List.of(
                List.of("65"),
                List.of("rate"),
                List.of("--second", "5"),
                List.of("--replicas", "0"),
                List.of("--stored", "12"),
                List.of("--seconds", "0"),
                List.of("--url", "localhost"))) {
            var misuse =
                    assertThrows(Misuse.class, () -> Options.parse(arguments).scenarios());
            assertTrue(misuse.getMessage().endsWith("."), misuse.getMessage());
        }
    }

    @Test
    void an_option_at_the_end_misses_its_value() {
        assertEquals(
                "The option --json needs a value.",
                assertThrows(Misuse.class, () -> Options.parse(List.of("--json")))
                        .getMessage());
    }
}
