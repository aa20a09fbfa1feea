package emporium.launcher;

import emporium.infra.InfraException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** What {@code ./emporium} runs. The script has found Java and built the project before. */
final class Main {

    private Main() {}

    static final int FAILED = 1;
    static final int MISUSED = 2;

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    /** Every failure that a person can do something about ends in one sentence and an exit code. */
    static int run(List<String> arguments) {
        try {
            return obey(arguments);
        } catch (Misuse e) {
            System.err.println("emporium: " + e.getMessage());
            return MISUSED;
        } catch (InfraException e) {
            System.err.println("emporium: " + e.getMessage());
            return FAILED;
        } catch (UncheckedIOException | IOException e) {
            System.err.println("emporium: " + e.getMessage() + ".");
            return FAILED;
        }
    }

    private static int obey(List<String> arguments) throws IOException {
        if (arguments.isEmpty()) {
            throw new Misuse("Say what to do: up, demo, status or down.");
        }
        var options = Options.parse(arguments.subList(1, arguments.size()));
        return switch (arguments.getFirst()) {
            case "up" -> new Up(options, home(), new Console(Boolean.getBoolean("emporium.terminal"))).run();
            case "demo" -> new Demo(new Rest(portOfTheMall(arguments, options))).run();
            case "status" -> Status.print(new DataFolder(options.data()));
            case "down" -> Down.stop(new DataFolder(options.data()));
            default -> throw new Misuse("There is no command " + arguments.getFirst() + ".");
        };
    }

    /** The port that is asked for, else that of the mall which last ran on the data folder. */
    private static int portOfTheMall(List<String> arguments, Options options) {
        var folder = new DataFolder(options.data());
        var last = folder.lastPort("mall").or(() -> folder.lastPort("gateway"));
        return arguments.contains("--port")
                ? options.port()
                : last.map(Integer::parseInt).orElse(options.port());
    }

    /** The folder of the project, which the script knows. */
    private static Path home() {
        return Path.of(System.getProperty("emporium.home", "."))
                .toAbsolutePath()
                .normalize();
    }
}
