package emporium.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import emporium.benchmarks.ClosedLoop.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Loads a running mall with real orders, scenario by scenario. */
final class OrderBenchmark {

    /** The loop runs a fifth of the measured time before it is measured. */
    private static final int RAMP_PART = 5;

    /** Room for a pace above that of the warm-up. */
    private static final double SPARE_PAYMENTS = 2;

    private final Options options;
    private final Progress progress;
    private final RunningMall running;
    private final MallClient mall;
    private final Shop shop;
    private final OrderWatch watch;
    private final ClosedLoop loop;

    OrderBenchmark(Options options, Progress progress) {
        this.options = options;
        this.progress = progress;
        running = new RunningMall(options);
        mall = new MallClient(running.address());
        shop = new Shop(mall);
        watch = new OrderWatch(mall);
        loop = new ClosedLoop(mall, shop, watch);
    }

    int run() throws InterruptedException {
        if (!mall.isReady()) {
            throw new NoResult("No mall is ready at " + mall.address() + "; start one with ./emporium up --no-demo.");
        }
        try (var statistics = Statistics.of(running.postgres())) {
            var meter = new Meter(Processes.in(running.pids()), statistics, progress);
            var results = measureAll(meter, statistics);
            options.json().ifPresent(file -> write(results, file));
        }
        return 0;
    }

    private List<Result> measureAll(Meter meter, Statistics statistics) throws InterruptedException {
        progress.show("opening stores");
        shop.open();
        warmUp(Scenario.SIXTY_FOUR);
        var idle = meter.measureIdle();
        var reads = ReadCosts.measure(meter, watch, anyOrder());
        progress.say(Table.ground(idle, reads));
        progress.say(Table.HEAD);
        var results = new ArrayList<Result>();
        for (var scenario : options.scenariosOrAll()) {
            var result = measure(scenario, meter, reads, statistics);
            progress.say(Table.row(result));
            results.add(result);
        }
        return results;
    }

    private UUID anyOrder() throws InterruptedException {
        return watch.readList(OrderWatch.Status.APPROVED, null)
                .items()
                .getFirst()
                .id();
    }

    private Result measure(Scenario scenario, Meter meter, ReadCosts readCosts, Statistics statistics)
            throws InterruptedException {
        var warm = warmUp(scenario);
        progress.show(scenario.title() + ": authorising payments");
        var ramp = options.measured().dividedBy(RAMP_PART);
        var expected = options.measured().plus(ramp).toSeconds() * warm.perSecond();
        shop.preparePayments((int) (expected * SPARE_PAYMENTS) + 2 * scenario.inFlight(), scenario.halfRefused());
        var run = new AtomicReference<Run>();
        var begin = new AtomicReference<Instant>();
        var readsBefore = watch.reads();
        var cost = meter.measure(() -> {
            begin.set(Instant.now());
            run.set(watched(scenario, "measuring", ramp, options.measured()));
        });
        var watching = readCosts.of(watch.reads().minus(readsBefore));
        progress.show(scenario.title() + ": checking that all adds up");
        shop.checkStock();
        return Result.of(scenario, run.get(), cost.minus(watching), statistics.meanBatch(begin.get()));
    }

    /** Enough orders to know the pace, and for the mall's JVM to know its work. */
    private Run warmUp(Scenario scenario) throws InterruptedException {
        progress.show(scenario.title() + ": preparing the warm-up");
        shop.preparePayments(Math.max(200, 3 * scenario.inFlight()), scenario.halfRefused());
        return watched(scenario, "warming up", Duration.ZERO, options.measured());
    }

    private Run watched(Scenario scenario, String what, Duration ramp, Duration time) throws InterruptedException {
        var looking = Thread.ofVirtual().start(() -> watch.repeat(scenario.outcomes(), scenario.look()));
        var telling = Thread.ofVirtual().start(() -> tell(scenario.title() + ", " + what));
        try {
            return loop.run(scenario.inFlight(), ramp, time);
        } finally {
            looking.interrupt();
            telling.interrupt();
            looking.join();
            telling.join();
        }
    }

    private void tell(String what) {
        try {
            for (var before = loop.decided(); ; before = loop.decided()) {
                Thread.sleep(Duration.ofSeconds(1));
                progress.show("%s: %d orders a second, %d in flight"
                        .formatted(what, loop.decided() - before, watch.inFlight()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(List<Result> results, Path file) {
        try {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), results);
        } catch (IOException e) {
            throw new NoResult("The results cannot be written to " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
