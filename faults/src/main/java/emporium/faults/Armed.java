package emporium.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The folder that tells the hooks in the processes what is to go wrong now. */
final class Armed {

    private final Path folder;

    Armed(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Options of the JVM that put the rules into it. */
    String javaOptions(Path module) {
        return String.join(
                " ",
                "-javaagent:%s=script:%s,sys:%s"
                        .formatted(
                                module.resolve("target/agent/byteman.jar"),
                                module.resolve("src/main/byteman/faults.btm"),
                                module.resolve("target/faults-hooks.jar")),
                "-Dorg.jboss.byteman.compile.to.bytecode",
                "-Demporium.faults=" + folder);
    }

    void arm(String fault, String content) {
        try {
            // Moved into place, so that nobody reads half of it.
            var fresh = folder.resolveSibling(fault + ".arming");
            Files.writeString(fresh, content);
            Files.move(fresh, folder.resolve(fault));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void disarm(String fault) {
        try {
            Files.deleteIfExists(folder.resolve(fault));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until what was to happen once has happened. */
    void awaitGone(String fault, Duration atMost) {
        Patience.until(fault + " to happen", atMost, () -> !Files.exists(folder.resolve(fault)));
    }
}
