package emporium.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporium.infra.InfraException;
import emporium.infra.LocalProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedTest {

    @TempDir
    private Path temporary;

    private final Sleeper sleeper = new Sleeper();
    private DataFolder folder;
    private Watched watched;

    @BeforeEach
    void start() {
        folder = new DataFolder(temporary);
        folder.take();
        watched = new Watched("sleeper", sleeper, folder, new Console(false));
    }

    @AfterEach
    void stop() {
        watched.stop();
    }

    @Test
    void a_process_that_dies_is_started_again_under_its_name() {
        watched.start();
        sleeper.started.getFirst().destroyForcibly();
        await().until(() -> sleeper.started.size() == 2);
        await().until(() -> pid().equals(Long.toString(sleeper.started.getLast().pid())));
    }

    @Test
    void a_process_that_was_stopped_stays_stopped() {
        watched.start();
        watched.stop();
        await().during(Duration.ofMillis(400)).until(() -> sleeper.started.size() == 1);
        assertFalse(LocalProcess.isRunning(sleeper.started.getFirst().toHandle()));
        assertFalse(Files.exists(temporary.resolve("pids/sleeper")));
    }

    @Test
    void a_first_start_that_fails_is_the_callers_to_report() {
        sleeper.ready = false;
        assertEquals(
                "It is not ready.",
                assertThrows(InfraException.class, watched::start).getMessage());
        watched.stop();
        assertFalse(LocalProcess.isRunning(sleeper.started.getFirst().toHandle()));
    }

    private String pid() throws Exception {
        return Files.readString(temporary.resolve("pids/sleeper")).strip();
    }

    private final class Sleeper implements Server {

        private final List<Process> started = new CopyOnWriteArrayList<>();
        private boolean ready = true;

        @Override
        public Process start() {
            var process = LocalProcess.start(List.of("sleep", "60"), Map.of(), temporary.resolve("sleeper.log"));
            started.add(process);
            return process;
        }

        @Override
        public void awaitReady(Process process) {
            if (!ready) {
                throw new InfraException("It is not ready.");
            }
        }

        @Override
        public void stop(ProcessHandle process) {
            LocalProcess.stop(process, "TERM", Duration.ofSeconds(5));
        }
    }
}
