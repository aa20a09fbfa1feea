package emporium.launcher;

import emporium.infra.NatsServer;
import emporium.infra.PostgresServer;

/** Ends what a launcher that was killed left running on its data folder. */
final class Leftovers {

    private Leftovers() {}

    /** Returns whether there was anything. */
    static boolean stop(DataFolder folder, Console console) {
        var any = false;
        for (var name : DataFolder.PROCESSES) {
            var process = folder.running(name);
            if (process.isPresent()) {
                console.say("Stopping %s, left over as process %d."
                        .formatted(name, process.get().pid()));
                stop(name, process.get());
                any = true;
            }
            folder.stopped(name);
        }
        return any;
    }

    private static void stop(String name, ProcessHandle process) {
        switch (name) {
            case "postgres" -> PostgresServer.stop(process);
            case "nats" -> NatsServer.stop(process);
            default -> Application.stopNow(process);
        }
    }
}
