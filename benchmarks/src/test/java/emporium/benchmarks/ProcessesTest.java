package emporium.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessesTest {

    @Test
    void a_process_is_charged_with_its_own_time_and_that_of_its_ended_children() {
        var stat = "42 (post) gres) S 1 42 42 0 -1 4194560 1 2 3 4 100 20 3 1 20 0 1 0 5 6 7";
        assertEquals(124, Processes.ticks(stat));
    }

    @Test
    void its_memory_is_what_is_resident_now() {
        var status = """
                Name:	mall-runner
                VmHWM:	  150000 kB
                VmRSS:	  120420 kB
                RssFile:	   90000 kB
                """;
        assertEquals(120_420, Processes.residentKilobytes(status));
    }

    @Test
    void its_age_is_the_time_since_it_was_started() {
        var stat = "42 (post) gres) S 1 42 42 0 -1 4194560 1 2 3 4 100 20 3 1 20 0 1 0 612345 6 7";
        assertEquals(Duration.ofMillis(230), Processes.age(stat, "6123.68 11000.10\n"));
    }
}
