package emporium.launcher;

import java.util.stream.Stream;

/** {@code ./emporium status}: what runs, on which ports. */
final class Status {

    private Status() {}

    static int print(DataFolder folder) {
        var running = DataFolder.PROCESSES.reversed().stream()
                .filter(name -> folder.running(name).isPresent())
                .toList();
        if (running.isEmpty()) {
            System.out.println("Nothing runs on " + folder.path() + ".");
            return Main.FAILED;
        }
        for (var name : running) {
            var pid = folder.running(name).orElseThrow().pid();
            System.out.printf(
                    "%-13s process %-8d port %s%n",
                    name, pid, folder.lastPort(name).orElse("?"));
        }
        Stream.of("mall", "gateway")
                .filter(running::contains)
                .forEach(entrance -> printReadiness(
                        new Rest(Integer.parseInt(folder.lastPort(entrance).orElse("8080")))));
        return 0;
    }

    private static void printReadiness(Rest rest) {
        System.out.println(rest.address() + (rest.isReady() ? " is ready." : " is not ready."));
    }
}
