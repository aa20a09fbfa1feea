package emporium.benchmarks;

import emporium.infra.InfraException;
import java.util.List;

/** What {@code ./emporium bench} runs. The script has found Java and built the project before. */
final class Main {

    static final int FAILED = 1;
    static final int MISUSED = 2;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    /** Every failure that a person can do something about ends in one sentence and an exit code. */
    static int run(List<String> arguments) {
        try {
            return obey(Options.parse(arguments));
        } catch (Misuse e) {
            System.err.println("emporium: " + e.getMessage());
            return MISUSED;
        } catch (NoResult | InfraException e) {
            System.err.println("emporium: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            return FAILED;
        }
    }

    private static int obey(Options options) throws InterruptedException {
        if (options.help()) {
            System.out.print(Options.USAGE);
            return 0;
        }
        var progress = new Progress(Boolean.getBoolean("emporium.terminal"));
        return options.batch() ? new BatchBenchmark(progress).run() : new OrderBenchmark(options, progress).run();
    }
}
