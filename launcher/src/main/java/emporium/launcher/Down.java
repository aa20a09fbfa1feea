package emporium.launcher;

import emporium.infra.LocalProcess;
import java.time.Duration;

/** {@code ./emporium down}: lets the running {@code up} stop everything, or does it where that was killed. */
final class Down {

    /** Long enough for draining the mall and stopping its servers. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Down() {}

    static int stop(DataFolder folder) {
        var launcher = folder.owner().flatMap(ProcessHandle::of);
        launcher.ifPresent(process -> LocalProcess.stop(process, "TERM", PATIENCE));
        var leftovers = Leftovers.stop(folder, new Console(false));
        System.out.println(launcher.isPresent() || leftovers ? "Stopped." : "Nothing runs on " + folder.path() + ".");
        return 0;
    }
}
