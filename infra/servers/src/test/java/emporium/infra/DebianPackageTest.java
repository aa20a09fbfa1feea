package emporium.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianPackageTest {

    @TempDir
    private Path apt;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(apt.resolve("sources.list.d"));
    }

    @Test
    void the_mirror_is_read_from_one_line_lists() throws IOException {
        Files.writeString(apt.resolve("sources.list"), """
                # deb http://old.example/debian bookworm main
                deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian bookworm main contrib
                deb http://mirror.example/debian-security bookworm-security main
                """);
        assertEquals(Optional.of("http://mirror.example/debian"), DebianPackage.mirror(apt));
    }

    @Test
    void the_mirror_is_read_from_deb822_sources() throws IOException {
        Files.writeString(apt.resolve("sources.list.d/other.list"), "deb https://tools.example/apt stable main\n");
        Files.writeString(apt.resolve("sources.list.d/system.sources"), """
                Types: deb
                URIs: https://mirror.example/security/debian-security
                Suites: trixie-security

                Types: deb
                URIs: https://mirror.example/debian/
                Suites: trixie
                """);
        assertEquals(Optional.of("https://mirror.example/debian/"), DebianPackage.mirror(apt));
    }

    @Test
    void a_machine_without_debian_has_no_mirror() throws IOException {
        Files.writeString(apt.resolve("sources.list"), "deb http://archive.example/ubuntu noble main\n");
        assertEquals(Optional.empty(), DebianPackage.mirror(apt));
        assertEquals(Optional.empty(), DebianPackage.mirror(apt.resolve("none")));
    }
}
