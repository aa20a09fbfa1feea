package emporium.faults;

import emporium.infra.InfraException;
import java.io.IOException;
import java.util.List;

/** What {@code ./emporium faults} runs. The script has found Java and built the project before. */
final class Main {

    static final int FAILED = 1;
    static final int MISUSED = 2;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    static int run(List<String> arguments) {
        try {
            return obey(Options.parse(arguments));
        } catch (Misuse e) {
            System.err.println("emporium: " + e.getMessage());
            return MISUSED;
        } catch (Broken | InfraException | IOException e) {
            System.err.println("emporium: " + e.getMessage());
            return FAILED;
        }
    }

    private static int obey(Options options) throws IOException {
        if (options.help()) {
            System.out.print(Options.USAGE);
            return 0;
        }
        var progress = new Progress(Boolean.getBoolean("emporium.terminal"));
        var faults = Faults.all().stream()
                .filter(fault -> fault.isFor(options) && options.wants(fault))
                .toList();
        progress.say("Seed " + options.seed() + "\n\n" + Table.HEAD);
        var results = new Suite(options, progress).run(faults);
        progress.say(Table.sum(results));
        if (options.json().isPresent()) {
            Rest.JSON
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(options.json().get().toFile(), results);
        }
        return results.stream().allMatch(Result::isGood) ? 0 : FAILED;
    }
}
