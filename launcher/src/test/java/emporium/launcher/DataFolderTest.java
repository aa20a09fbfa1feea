package emporium.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.infra.InfraException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path temporary;

    private DataFolder folder;

    @BeforeEach
    void take() {
        folder = new DataFolder(temporary.resolve("data"));
        folder.take();
    }

    @Test
    void a_port_is_kept_from_one_run_to_the_next() {
        var port = folder.port("nats");
        assertEquals(port, new DataFolder(folder.path()).port("nats"));
    }

    @Test
    void a_port_that_another_program_has_taken_meanwhile_is_replaced() throws IOException {
        try (var other = new ServerSocket(0)) {
            folder.usePort("nats", other.getLocalPort());
            assertNotEquals(other.getLocalPort(), folder.port("nats"));
        }
    }

    @Test
    void a_folder_that_cannot_be_made_is_one_sentence() throws IOException {
        var file = Files.createFile(temporary.resolve("file"));
        var refusal = assertThrows(InfraException.class, () -> new DataFolder(file).take());
        assertEquals("The data folder " + file + " cannot be written: Not a directory.", refusal.getMessage());
    }

    @Test
    void a_process_id_that_belongs_to_another_program_by_now_is_nobody() {
        folder.started("mall", ProcessHandle.current().pid());
        assertEquals(Optional.empty(), folder.running("mall"));
    }

    @Test
    void a_process_that_names_the_folder_is_known_as_one_of_its_own() throws Exception {
        var process = new ProcessBuilder("sh", "-c", "read -r _", folder.path().toString()).start();
        try {
            folder.started("mall", process.pid());
            assertEquals(process.pid(), folder.running("mall").orElseThrow().pid());
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertEquals(Optional.empty(), folder.running("mall"));
    }

    @Test
    void processes_that_are_promised_ports_get_different_ones() {
        var ports = IntStream.range(0, 50).map(i -> folder.port("service" + i));
        assertEquals(50, ports.distinct().count());
    }

    @Test
    void a_password_is_made_up_once_and_is_nobody_elses_to_read() throws IOException {
        var password = folder.password("depot");
        assertEquals(password, new DataFolder(folder.path()).password("depot"));
        assertNotEquals(password, folder.password("ordering"));
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(folder.path().resolve("passwords")));
    }

    @Test
    void the_data_of_one_form_are_not_taken_for_those_of_the_other() {
        folder.keepTo("mall");
        folder.keepTo("mall");
        assertThrows(InfraException.class, () -> folder.keepTo("services"));
        folder.forget();
        folder.keepTo("services");
    }

    @Test
    void forgetting_leaves_what_is_not_its_own() throws IOException {
        for (var name : List.of("postgres", "nats", "notes")) {
            Files.createDirectories(folder.path().resolve(name).resolve("deep"));
        }
        folder.forget();
        assertFalse(Files.exists(folder.postgres()));
        assertFalse(Files.exists(folder.nats()));
        assertTrue(Files.exists(folder.path().resolve("notes/deep")));
    }
}
