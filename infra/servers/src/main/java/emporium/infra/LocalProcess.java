package emporium.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Starts and stops programs of this machine. */
public final class LocalProcess {

    private LocalProcess() {}

    /**
     * Starts a program in a session of its own, so that Ctrl-C at the terminal reaches only the process that decides
     * the order of stopping. Its output is appended to {@code log}.
     */
    public static Process start(List<String> command, Map<String, String> environment, Path log) {
        var detached = new ArrayList<String>();
        find("setsid").ifPresent(setsid -> detached.add(setsid.toString()));
        detached.addAll(command);
        var builder = new ProcessBuilder(detached)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            return builder.start();
        } catch (IOException e) {
            throw new InfraException(command.getFirst() + " cannot be started: " + Reason.of(e) + ".", e);
        }
    }

    /** Runs a program to its end and returns what it printed; an exit code other than 0 is an error. */
    static String run(List<String> command, Map<String, String> environment) {
        return run(new ProcessBuilder(command), environment, "");
    }

    static String run(List<String> command, Map<String, String> environment, Path folder) {
        return run(new ProcessBuilder(command).directory(folder.toFile()), environment, "");
    }

    static String run(ProcessBuilder builder, Map<String, String> environment, String input) {
        var program = builder.command().getFirst();
        builder.redirectErrorStream(true).environment().putAll(environment);
        try {
            var process = builder.start();
            try (var in = process.outputWriter()) {
                in.write(input);
            }
            var output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new InfraException(program + " failed: " + lastLine(output) + ".");
            }
            return output;
        } catch (IOException e) {
            throw new InfraException(program + " cannot be started: " + Reason.of(e) + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfraException(program + " was interrupted.", e);
        }
    }

    /** Sends a signal by its name, such as {@code INT}; a process that is gone already is no error. */
    public static void signal(ProcessHandle process, String name) {
        try {
            new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new InfraException("A signal cannot be sent: " + Reason.of(e) + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks by signal, waits as long as {@code patience}, then kills. Returns when the process is gone. */
    public static void stop(ProcessHandle process, String signal, Duration patience) {
        signal(process, signal);
        if (!ended(process, patience)) {
            process.destroyForcibly();
            ended(process, Duration.ofSeconds(10));
        }
    }

    private static boolean ended(ProcessHandle process, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (isRunning(process)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return true;
    }

    /** A process that has ended, but that nobody has asked about, is still there by its id: a zombie does not run. */
    public static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process);
    }

    private static boolean isZombie(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // The state follows the program's name, which is in brackets and can have any character.
            return "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
        } catch (IOException noProcFolder) {
            return false;
        }
    }

    /** The running process of that id whose command line names {@code mark}: an id alone may be someone else's by now. */
    public static Optional<ProcessHandle> running(long pid, String mark) {
        return ProcessHandle.of(pid).filter(process -> commandLine(process).contains(mark));
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException noProcFolder) {
            return process.info().commandLine().orElse("");
        }
    }

    /** A program on the PATH, or where Debian keeps those that only root has on it. */
    static Optional<Path> find(String program) {
        return find(program, System.getenv().getOrDefault("PATH", ""));
    }

    static Optional<Path> find(String program, String path) {
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static String lastLine(String output) {
        return output.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("no word why");
    }
}
