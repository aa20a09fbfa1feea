package emporium.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The walk of the README, in both forms. */
abstract class ReadmeStories {

    @Test
    void the_readmes_walk_ends_in_an_approved_order(Mall mall) throws Exception {
        var readme = Files.readString(RunningMall.HOME.resolve("README.md"));
        var section = readme.substring(readme.indexOf("## Place an order"));
        var begin = section.indexOf("```bash\n") + "```bash\n".length();
        var script = section.substring(begin, section.indexOf("```", begin));
        var output = run(script.replace("http://localhost:8080", mall.uri().toString()));
        assertTrue(output.contains("\"status\":\"APPROVED\""), output);
        assertTrue(output.contains("\"status\":\"COMPLETED\""), output);
        assertTrue(output.contains("\"reserved\":2"), output);
    }

    private static String run(String script) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
        assertEquals(0, process.exitValue(), output);
        return output;
    }
}
