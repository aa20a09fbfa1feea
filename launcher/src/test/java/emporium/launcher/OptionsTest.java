package emporium.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.launcher.Options.Build;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void without_options_the_mall_is_on_8080_with_a_demo_and_its_data_in_the_project() {
        var options = Options.parse(List.of());
        assertEquals(8080, options.port());
        assertEquals(Path.of(".emporium"), options.data());
        assertTrue(options.demo());
        assertFalse(options.fresh());
        assertFalse(options.services());
        assertEquals(Build.JARS, options.build());
    }

    @Test
    void options_come_in_any_order() {
        var options = Options.parse(List.of(
                "--no-demo",
                "--services",
                "--native",
                "--data",
                "x",
                "--bots",
                "3",
                "--fresh",
                "--port",
                "99",
                "--nats",
                "n",
                "--postgres",
                "p"));
        assertEquals(
                new Options(
                        99,
                        Path.of("x"),
                        true,
                        Build.EXECUTABLES,
                        true,
                        false,
                        Optional.of(3),
                        Optional.of("p"),
                        Optional.of("n")),
                options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", ""})
    void a_port_is_a_number_that_a_port_can_have(String port) {
        var misuse = assertThrows(Misuse.class, () -> Options.parse(List.of("--port", port)));
        assertEquals("The option --port needs a number from 1 to 65535, not " + port + ".", misuse.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot", "up", "--data"})
    void what_it_does_not_know_or_what_lacks_its_value_is_refused(String option) {
        assertThrows(Misuse.class, () -> Options.parse(List.of(option)));
    }
}
