package emporium.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecordedStartTest {

    @Test
    void a_mall_that_was_recorded_starts_from_what_it_had_loaded() {
        var mall = RunningMall.start("--record");
        var command = ProcessHandle.of(mall.pid("mall")).orElseThrow().info().commandLine();
        assertTrue(command.orElseThrow().contains("-XX:AOTCache="));
        assertEquals(0, mall.stop());
    }
}
