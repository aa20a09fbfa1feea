package emporium.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.faults.Arena.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults that tell the most in the least time, on the mall in one process; all of them: {@code ./emporium faults}. */
class FaultsTest {

    private static final Options OPTIONS = Options.parse(List.of("--orders", "20", "--seed", "1"));
    private static Arena arena;

    @BeforeAll
    static void a_running_mall() {
        arena = new Arena(Kind.ONE_BROKER, OPTIONS);
    }

    @AfterAll
    static void stop() {
        arena.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kill-after-commit",
                "kill-before-message-ack",
                "broker-wiped",
                "database-read-only",
                "every-message-twice",
                "order-reversed",
                "unreadable-messages"
            })
    void no_order_is_lost_and_nothing_is_done_twice(String name) {
        var fault = Faults.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        var findings = new Suite(OPTIONS, new Progress(false)).run(fault, arena).findings();
        if (!findings.isEmpty()) {
            arena.close(); // in pieces: the faults that follow get a new one
            arena = new Arena(Kind.ONE_BROKER, OPTIONS);
        }
        assertEquals(List.of(), findings);
    }
}
