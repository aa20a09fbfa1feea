package emporium.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

class FleetTest {

    @TempDir
    private Path temporary;

    private final List<String> moves = new CopyOnWriteArrayList<>();
    private Fleet fleet;

    @BeforeEach
    void gather() {
        var folder = new DataFolder(temporary);
        folder.take();
        fleet = new Fleet(folder, new Console(false));
    }

    @AfterEach
    void stop() {
        fleet.stop();
    }

    @Test
    void who_needs_another_is_started_after_it_and_stopped_before_it() {
        fleet.start("sea", new Boat("sea", true));
        fleet.start(Map.of("one", new Boat("one", true), "two", new Boat("two", true)));
        assertEquals("sea starts", moves.getFirst());
        assertTrue(Files.exists(temporary.resolve("pids/two")));
        fleet.stop();
        assertEquals("sea stops", moves.getLast());
        assertEquals(6, moves.size());
        assertFalse(Files.exists(temporary.resolve("pids/two")));
    }

    @Test
    void one_that_does_not_start_is_the_callers_to_report() {
        var row = Map.<String, Server>of("one", new Boat("one", true), "leaky", new Boat("leaky", false));
        var failure = assertThrows(InfraException.class, () -> fleet.start(row));
        assertEquals("leaky is not ready.", failure.getMessage());
    }

    @Test
    void after_a_stop_nothing_is_started() {
        assertTrue(fleet.stop());
        assertFalse(fleet.stop());
        fleet.start("late", new Boat("late", true));
        assertEquals(List.of(), moves);
    }

    private final class Boat implements Server {

        private final String name;
        private final boolean tight;

        private Boat(String name, boolean tight) {
            this.name = name;
            this.tight = tight;
        }

        @Override
        public Process start() {
            moves.add(name + " starts");
            return LocalProcess.start(List.of("sleep", "60"), Map.of(), temporary.resolve("boat.log"));
        }

        @Override
        public void awaitReady(Process process) {
            if (!tight) {
                throw new InfraException(name + " is not ready.");
            }
        }

        @Override
        public void stop(ProcessHandle process) {
            moves.add(name + " stops");
            LocalProcess.stop(process, "TERM", Duration.ofSeconds(5));
        }
    }
}
