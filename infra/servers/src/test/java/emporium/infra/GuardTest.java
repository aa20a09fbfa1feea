package emporium.infra;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {

    @TempDir
    private Path temporary;

    @Test
    void servers_end_and_their_folder_goes_when_the_jvm_is_killed() throws IOException {
        var folder = Files.createDirectory(temporary.resolve("folder"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jvm = new ProcessBuilder(List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sleepers.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var server =
                ProcessHandle.of(Long.parseLong(jvm.inputReader().readLine())).orElseThrow();
        jvm.destroyForcibly();
        await().atMost(Duration.ofMinutes(1)).until(() -> !LocalProcess.isRunning(server) && !Files.exists(folder));
    }

    /** Starts a server under guard, says its process id, and stays. */
    static final class Sleepers {

        public static void main(String[] arguments) throws InterruptedException {
            var folder = Path.of(arguments[0]);
            var server = LocalProcess.start(List.of("sleep", "600"), Map.of(), folder.resolve("log"));
            Guard.watch(folder, server);
            System.out.println(server.pid());
            Thread.currentThread().join();
        }
    }
}
