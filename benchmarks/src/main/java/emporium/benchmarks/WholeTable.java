package emporium.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every figure that Emporium has to reach, in one run, from malls that are started for it as a person starts one. Prints
 * a table in Markdown, to stand in docs/performance.md, with what was reached and what was not.
 */
final class WholeTable {

    private static final int STORED = 1_000_000;
    private static final int REPLICAS = 3;
    private static final int RESTARTS = 5;

    /** Time for what a start leaves to do: connections, consumers, the first upkeep. */
    private static final Duration IDLE = Duration.ofSeconds(15);

    /** Those that load one and the same mall. */
    private static final List<Part> LOADED = List.of(Part.MALL, Part.SCENARIOS, Part.STORED);

    private final Options options;
    private final Progress progress;
    private final Path home = Path.of(System.getProperty("emporium.home", ".")).toAbsolutePath();
    private final Path folder = home.resolve("benchmarks/target/all");
    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, Result> results = new LinkedHashMap<>();

    enum Part {
        START,
        MALL,
        SCENARIOS,
        STORED,
        REPLICAS,
        SERVICES,
        RELAY,
        BATCH,
        NATIVE(false),
        NATIVE_SERVICES(false);

        private final boolean always;

        Part() {
            this(true);
        }

        /** Whether it belongs to all: what needs GraalVM to build is measured only when it is named. */
        Part(boolean always) {
            this.always = always;
        }

        String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** One line of the table; both sides as people write them. */
    record Figure(String what, String wanted, String measured, boolean reached) {}

    private record Report(String commit, String machine, List<Figure> figures, Map<String, Result> results) {}

    WholeTable(Options options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Returns as exit code whether all was reached. */
    int run() throws InterruptedException {
        var parts = parts();
        try {
            forget();
            if (parts.contains(Part.START) || LOADED.stream().anyMatch(parts::contains)) {
                inOneProcess(parts);
            }
            if (parts.contains(Part.REPLICAS)) {
                loaded("1,000 in flight, three replicas", List.of(), options.withReplicas(REPLICAS));
            }
            if (parts.contains(Part.SERVICES)) {
                inNineProcesses();
            }
            workshop(parts);
            executables(parts);
        } finally {
            forget();
        }
        progress.say(markdown());
        options.json().ifPresent(file -> Json.write(new Report(commit(), machine(), figures, results), file));
        return figures.stream().allMatch(Figure::reached) ? 0 : Main.FAILED;
    }

    private List<Part> parts() {
        var named = options.words().stream().skip(1).map(WholeTable::part).toList();
        return named.isEmpty()
                ? Stream.of(Part.values()).filter(part -> part.always).toList()
                : named;
    }

    private static Part part(String title) {
        return Stream.of(Part.values())
                .filter(part -> part.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new Misuse("There is no part " + title + "; see ./emporium bench --help."));
    }

    private void inOneProcess(List<Part> parts) throws InterruptedException {
        progress.show("building what is not built, and starting a mall");
        try (var mall = OwnMall.start(home, folder.resolve("mall"), List.of("--record"), Map.of())) {
            if (parts.contains(Part.START)) {
                start(mall);
            }
            if (LOADED.stream().anyMatch(parts::contains)) {
                try (var benchmark = new OrderBenchmark(new RunningMall(mall.options()), options, progress)) {
                    benchmark.prepare();
                    progress.say(Table.HEAD);
                    scenarios(parts, benchmark);
                }
            }
        }
    }

    /** The second start: the first one has made the tables. */
    private void start(OwnMall mall) throws InterruptedException {
        progress.show("starting the mall again");
        var seconds = mall.restart().toMillis() / 1e3;
        atMost("start to ready, mall, " + (mall.hasAotCache() ? "with" : "without") + " AOT cache, s", 4, seconds, 1);
    }

    private void scenarios(List<Part> parts, OrderBenchmark benchmark) throws InterruptedException {
        if (parts.contains(Part.MALL)) {
            quiet(measured(benchmark, Scenario.QUIET, options.measured()));
            sixtyFour(measured(benchmark, Scenario.SIXTY_FOUR, options.measured()));
        }
        var empty = measured(benchmark, Scenario.THOUSAND, options.measured().multipliedBy(2));
        if (parts.contains(Part.MALL)) {
            thousand(empty);
        }
        if (parts.contains(Part.SCENARIOS)) {
            for (var scenario : List.of(Scenario.THREE_HUNDRED, Scenario.REFUSED, Scenario.CANCEL_STORM)) {
                measured(benchmark, scenario, options.measured());
            }
            var half = (int) Math.ceil(empty.ordersPerSecond() / 2);
            noted("%d a second".formatted(half), benchmark.measureAt(half, options.measured()));
        }
        if (parts.contains(Part.STORED)) {
            benchmark.store(options.stored().orElse(STORED));
            var stored = "%,d stored orders".formatted(options.stored().orElse(STORED));
            var full = noted("1,000 in flight, " + stored, benchmark.measure(Scenario.THOUSAND, options.measured()));
            var share = full.ordersPerSecond() / empty.ordersPerSecond();
            atLeast("throughput with " + stored + " against an empty database", 0.9, share, 2);
        }
    }

    private void quiet(Result quiet) {
        atMost("quiet order, POST to approved, p50, ms", 15, quiet.latencyMs().p50(), 1);
        atMost("quiet order, p99, ms", 60, quiet.latencyMs().p99(), 1);
        atMost("commits per order, quiet", 10, quiet.perOrder().commits(), 1);
        atMost("WAL per order, quiet, KB", 12, quiet.perOrder().walBytes() / 1000, 1);
    }

    private void sixtyFour(Result result) {
        atLeast("approved orders a second, 64 in flight", 550, result.ordersPerSecond(), 0);
        atMost("64 in flight, p99, ms", 250, result.latencyMs().p99(), 0);
        atLeast(
                "64 in flight, ratio to the bare loop (%.0f a second)"
                        .formatted(result.yardstick().sagasPerSecond()),
                0.5,
                result.ratio(),
                2);
    }

    private void thousand(Result result) {
        var each = result.perOrder();
        var cpu = each.cpuMs();
        atLeast("approved orders a second, 1,000 in flight", 1000, result.ordersPerSecond(), 0);
        atLeast(
                "1,000 in flight, ratio to the bare loop (%.0f a second)"
                        .formatted(result.yardstick().sagasPerSecond()),
                0.4,
                result.ratio(),
                2);
        atMost("CPU per approved order, driver apart, ms", 1.2, cpu.app() + cpu.postgres() + cpu.nats(), 2);
        atMost("commits per order, 1,000 in flight", 1, each.commits(), 2);
        atMost("statements per order, 1,000 in flight", 12, each.statements(), 1);
        atMost("WAL per order, 1,000 in flight, KB", 12, each.walBytes() / 1000, 1);
    }

    private void inNineProcesses() throws InterruptedException {
        var result = loaded("1,000 in flight, nine processes", List.of("--services"), options);
        atLeast("nine processes, approved orders a second, 1,000 in flight", 600, result.ordersPerSecond(), 0);
    }

    /** What a mall of its own does with 1,000 in flight. */
    private Result loaded(String title, List<String> form, Options load) throws InterruptedException {
        progress.show("building what is not built, and starting a mall");
        try (var mall = OwnMall.start(home, folder.resolve("another"), form, Map.of())) {
            var result = load(title, mall, load);
            progress.say("Resident memory, all processes of the mall: %.0f MB".formatted(mall.residentMegabytes()));
            return result;
        } finally {
            forget();
        }
    }

    private Result load(String title, OwnMall mall, Options load) throws InterruptedException {
        try (var benchmark = new OrderBenchmark(new RunningMall(mall.options()), load, progress)) {
            benchmark.prepare();
            progress.say("\n" + title + Table.HEAD);
            return noted(title, benchmark.measure(Scenario.THOUSAND, options.measured()));
        }
    }

    private void workshop(List<Part> parts) throws InterruptedException {
        if (parts.contains(Part.RELAY)) {
            var share = new WorkshopBenchmark(progress).relayedToRaw();
            atLeast(
                    "outbox relay against raw publishAsync of the same bytes",
                    WorkshopBenchmark.RELAY_AT_LEAST,
                    share,
                    2);
        }
        if (parts.contains(Part.BATCH)) {
            var share = new WorkshopBenchmark(progress).batchToAlone();
            atMost("CPU of a message in a batch of 100 against one alone", WorkshopBenchmark.BATCH_AT_MOST, share, 2);
        }
    }

    private void executables(List<Part> parts) throws InterruptedException {
        if (parts.contains(Part.NATIVE)) {
            nativeMall();
        }
        if (parts.contains(Part.NATIVE_SERVICES)) {
            loaded("1,000 in flight, ten executables", List.of("--native", "--services"), options);
        }
    }

    private void nativeMall() throws InterruptedException {
        progress.show("building the executable, if it is not built, and starting a mall");
        try (var mall = OwnMall.start(home, folder.resolve("another"), List.of("--native"), Map.of())) {
            atMost("start to ready, native mall, s", 0.3, fastestStart(mall), 2);
            Thread.sleep(IDLE);
            atMost("resident memory, native mall, idle, MB", 150, mall.residentMegabytes(), 0);
            load("1,000 in flight, native mall", mall, options);
            atMost("resident memory, native mall, after that load, MB", 150, mall.residentMegabytes(), 0);
        } finally {
            forget();
        }
    }

    /** In seconds, on the tables that an earlier start has made: what else runs makes it longer, and nothing shorter. */
    private double fastestStart(OwnMall mall) throws InterruptedException {
        var fastest = Double.MAX_VALUE;
        for (var i = 0; i < RESTARTS; i++) {
            progress.show("starting again, %d of %d".formatted(i + 1, RESTARTS));
            fastest = Math.min(fastest, mall.restart().toMillis() / 1e3);
        }
        return fastest;
    }

    private Result measured(OrderBenchmark benchmark, Scenario scenario, Duration time) throws InterruptedException {
        return noted(scenario.title(), benchmark.measure(scenario, time));
    }

    private Result noted(String title, Result result) {
        progress.say(Table.row(result));
        results.put(title, result);
        return result;
    }

    private void atLeast(String what, double wanted, double measured, int digits) {
        figures.add(new Figure(what, "≥ " + number(wanted, digits), number(measured, digits), measured >= wanted));
    }

    private void atMost(String what, double wanted, double measured, int digits) {
        figures.add(new Figure(what, "≤ " + number(wanted, digits), number(measured, digits), measured <= wanted));
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    private String markdown() {
        var table = new StringBuilder("\nCommit %s, %s, %s, `./emporium bench %s --seconds %d`:\n\n"
                .formatted(
                        commit(),
                        LocalDate.now(),
                        machine(),
                        String.join(" ", options.words()),
                        options.measured().toSeconds()));
        table.append("| figure | to reach | measured | |\n|---|---|---|---|\n");
        for (var figure : figures) {
            table.append("| %s | %s | %s | %s |\n"
                    .formatted(
                            figure.what(),
                            figure.wanted(),
                            figure.measured(),
                            figure.reached() ? "reached" : "missed"));
        }
        return table.toString();
    }

    private String commit() {
        try {
            var git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .directory(home.toFile())
                    .start();
            return new String(git.getInputStream().readAllBytes()).strip();
        } catch (IOException noGit) {
            return "unknown";
        }
    }

    private static String machine() {
        return "%d cores (%s), JDK %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor().orElse(System.getProperty("os.arch")),
                        System.getProperty("java.version"));
    }

    private static Optional<String> processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** The malls' data are of no use to anybody afterwards, and large. */
    private void forget() {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new NoResult("The folder " + folder + " cannot be deleted: " + e.getMessage() + ".", e);
        }
    }
}
