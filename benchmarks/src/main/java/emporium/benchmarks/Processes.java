package emporium.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The CPU time and the memory of the mall's processes, as the Linux kernel counts them. */
final class Processes {

    /** The kernel speaks to programs in hundredths of a second, whatever its own clock does. */
    private static final double MILLIS_PER_TICK = 10;

    private static final Path PROC = Path.of("/proc");

    private final Map<String, List<Long>> groups = new HashMap<>();

    /** Those whose process ids stand in the folder: {@code postgres}, {@code nats}, and the rest is the application. */
    static Processes in(Path pids) {
        var processes = new Processes();
        try (var files = Files.list(pids)) {
            for (var file : files.toList()) {
                processes.add(
                        file.getFileName().toString(),
                        Long.parseLong(Files.readString(file).strip()));
            }
        } catch (IOException | NumberFormatException e) {
            throw new NoResult(
                    "Nothing runs on " + pids.getParent()
                            + "; start a mall with ./emporium up --no-demo, or name its folder with --data.",
                    e);
        }
        processes.add("driver", ProcessHandle.current().pid());
        return processes;
    }

    void add(String name, long pid) {
        var group = List.of("postgres", "nats", "driver").contains(name) ? name : "app";
        groups.computeIfAbsent(group, any -> new ArrayList<>()).add(pid);
    }

    Cost.Cpu cpu() {
        return new Cost.Cpu(millis("app"), millis("postgres"), millis("nats"), millis("driver"));
    }

    /** Of the application, without its servers. */
    double residentMegabytes() {
        return groups.getOrDefault("app", List.of()).stream()
                        .mapToLong(Processes::residentKilobytes)
                        .sum()
                * 1024
                / 1e6;
    }

    private static long residentKilobytes(long pid) {
        try {
            return residentKilobytes(Files.readString(PROC.resolve(pid + "/status")));
        } catch (IOException ended) {
            return 0;
        }
    }

    static long residentKilobytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private double millis(String group) {
        return groups.getOrDefault(group, List.of()).stream()
                .mapToDouble(Processes::millisOf)
                .sum();
    }

    /** What a process and its children have used, also those children that have ended. */
    static double millisOf(long pid) {
        var ticks = ticks(pid);
        for (var child : children(pid)) {
            ticks += ticks(child);
        }
        return ticks * MILLIS_PER_TICK;
    }

    /** How long it has run, to a hundredth of a second: the time of its start that Java tells may be wrong by a whole one. */
    static Duration age(long pid) {
        try {
            return age(Files.readString(PROC.resolve(pid + "/stat")), Files.readString(PROC.resolve("uptime")));
        } catch (IOException e) {
            throw new NoResult("The process " + pid + " has ended.", e);
        }
    }

    /** The kernel counts both from when it was started itself: ticks there, seconds here. */
    static Duration age(String stat, String uptime) {
        var up = Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1e3;
        return Duration.ofMillis(Math.round(up - Long.parseLong(fields(stat)[19]) * MILLIS_PER_TICK));
    }

    private static List<Long> children(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .toList();
    }

    private static long ticks(long pid) {
        try {
            return ticks(Files.readString(PROC.resolve(pid + "/stat")));
        } catch (IOException ended) {
            return 0;
        }
    }

    /** User and system time, own and of the children waited for. */
    static long ticks(String stat) {
        var fields = fields(stat);
        return Long.parseLong(fields[11])
                + Long.parseLong(fields[12])
                + Long.parseLong(fields[13])
                + Long.parseLong(fields[14]);
    }

    /** Those from the state on: the program's name before it may hold anything. */
    private static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }
}
