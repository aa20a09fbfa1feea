package emporium.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedMall.class)
class LauncherTest {

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "nats", "mall"})
    void a_process_that_dies_is_started_again(String process, RunningMall mall) {
        var before = mall.pid(process);
        mall.kill(process);
        await().atMost(Duration.ofMinutes(1)).until(() -> mall.pid(process) != before && mall.isReady());
    }

    @Test
    void a_stop_ends_every_process_with_exit_code_0_and_all_can_start_again(RunningMall mall) {
        var postgres = mall.pid("postgres");
        assertEquals(0, mall.stop());
        assertFalse(Files.exists(mall.data().resolve("pids/postgres")));
        mall.up();
        assertNotEquals(postgres, mall.pid("postgres"));
    }

    @Test
    void what_a_killed_launcher_left_behind_is_replaced_by_the_next(RunningMall mall) {
        var orphan = mall.pid("mall");
        mall.killLauncher();
        mall.up();
        assertNotEquals(orphan, mall.pid("mall"));
    }
}
