package emporium.benchmarks;

import emporium.infra.InfraException;
import java.util.ArrayList;
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
        return switch (options.words().isEmpty() ? "" : options.words().getFirst()) {
            case "batch" -> batch(progress);
            case "relay" -> relay(progress);
            case "yardstick" -> bareLoop(new RunningMall(options), progress);
            case "all" -> new WholeTable(options, progress).run();
            default -> orders(options, progress);
        };
    }

    private static int batch(Progress progress) throws InterruptedException {
        var ratio = new WorkshopBenchmark(progress).batchToAlone();
        progress.say("A message in a batch costs %.3f of one handled alone (at most %.1f)."
                .formatted(ratio, WorkshopBenchmark.BATCH_AT_MOST));
        return ratio <= WorkshopBenchmark.BATCH_AT_MOST ? 0 : FAILED;
    }

    private static int relay(Progress progress) throws InterruptedException {
        var ratio = new WorkshopBenchmark(progress).relayedToRaw();
        progress.say("The outbox sends %.2f of what publishAsync alone sends (at least %.1f)."
                .formatted(ratio, WorkshopBenchmark.RELAY_AT_LEAST));
        return ratio >= WorkshopBenchmark.RELAY_AT_LEAST ? 0 : FAILED;
    }

    private static int orders(Options options, Progress progress) throws InterruptedException {
        var scenarios = options.scenarios();
        var results = new ArrayList<Result>();
        try (var benchmark = new OrderBenchmark(new RunningMall(options), options, progress)) {
            benchmark.prepare();
            if (options.stored().isPresent()) {
                benchmark.store(options.stored().get());
            }
            progress.say(Table.HEAD);
            for (var scenario : scenarios) {
                var result = benchmark.measure(scenario, options.measured());
                progress.say(Table.row(result));
                results.add(result);
            }
        }
        options.json().ifPresent(file -> Json.write(results, file));
        return 0;
    }

    private static int bareLoop(RunningMall running, Progress progress) throws InterruptedException {
        try (var broker = Broker.at(running.postgres().nats());
                var yardstick = Yardstick.on(running.postgres(), broker, Processes.in(running.pids()))) {
            for (var inFlight : List.of(1, 64, 300, 1000)) {
                progress.show("the bare loop, %d in flight".formatted(inFlight));
                progress.say(Table.row(inFlight, yardstick.measure(inFlight)));
            }
        }
        return 0;
    }
}
