package emporium.infra;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends servers and deletes their folder when this JVM is gone, however it went. A shell in a session of its own reads
 * from a pipe whose other end only this JVM holds: kill -9 closes it as surely as an exit does. Servers that were started
 * where interrupts are ignored, as by a script in the background, are killed after five seconds.
 */
final class Guard {

    private static final String SCRIPT = """
            folder=$1; shift
            read -r _
            kill -s INT "$@" 2>/dev/null
            waited=0
            while kill -0 "$@" 2>/dev/null && [ $waited -lt 50 ]; do sleep 0.1; waited=$((waited + 1)); done
            kill -s KILL "$@" 2>/dev/null
            rm -rf "$folder"
            """;

    private Guard() {}

    static void watch(Path folder, Process... servers) {
        var command = new ArrayList<String>();
        LocalProcess.find("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(List.of("sh", "-c", SCRIPT, "sh", folder.toString()));
        for (var server : servers) {
            command.add(Long.toString(server.pid()));
        }
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new InfraException("The servers cannot be guarded: " + Reason.of(e) + ".", e);
        }
    }
}
