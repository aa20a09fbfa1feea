package emporium.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubectlTest {

    @TempDir
    private Path temporary;

    @Test
    void the_one_on_the_path_comes_first_then_debians() throws IOException {
        var onPath = program("path", "echo path $1");
        program("debian/usr/bin", "echo debian $1 $2");

        assertEquals("path kustomize\n", kubectl(onPath.toString()).kustomize(Path.of("dev")));
        assertEquals("debian kustomize dev\n", kubectl("").kustomize(Path.of("dev")));
    }

    @Test
    void where_there_is_none_the_sentence_says_what_helps() {
        var refusal = assertThrows(InfraException.class, () -> Kubectl.find("", temporary, cache -> Optional.empty()));
        assertEquals("There is no kubectl: put one on the PATH.", refusal.getMessage());
    }

    private Kubectl kubectl(String path) {
        return Kubectl.find(path, temporary, cache -> Optional.of(temporary.resolve("debian")));
    }

    private Path program(String folder, String script) throws IOException {
        var bin = Files.createDirectories(temporary.resolve(folder));
        var program = Files.writeString(bin.resolve("kubectl"), "#!/bin/sh\n" + script + "\n");
        program.toFile().setExecutable(true);
        return bin;
    }
}
