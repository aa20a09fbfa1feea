package emporium.benchmarks;

import emporium.benchmarks.OrderWatch.Status;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Loads a running mall with real orders, scenario by scenario, each beside the bare loop on the same servers. */
final class OrderBenchmark implements AutoCloseable {

    /** The loop runs a fifth of the measured time before it is measured. */
    private static final int RAMP_PART = 5;

    /** There has to be an order to look at. */
    private static final Duration LEAST_WARM_UP = Duration.ofSeconds(1);

    private static final int LEAST_ORDERS = 200;

    /** Room for a pace above that of the warm-up. */
    private static final double SPARE_PAYMENTS = 2;

    /** Real orders that stored ones are copies of. */
    private static final int PATTERN = 8;

    private final Options options;
    private final Progress progress;
    private final Broker broker;
    private final Statistics statistics;
    private final Meter meter;
    private final Yardstick yardstick;
    private final RunningMall running;
    private final MallClient mall;
    private final Replicas replicas;
    private final Shop shop;
    private final OrderWatch watch;
    private final Desk desk;
    private final Map<Integer, Yardstick.Reading> readings = new HashMap<>();
    private ReadCosts readCosts;

    OrderBenchmark(RunningMall running, Options options, Progress progress) throws InterruptedException {
        this.options = options;
        this.progress = progress;
        this.running = running;
        if (!new MallClient(List.of(running.address())).isReady()) {
            throw new NoResult(
                    "No mall is ready at %s; start one with ./emporium up --no-demo.".formatted(running.address()));
        }
        var processes = Processes.in(running.pids());
        replicas = new Replicas(running.pids());
        progress.show("starting replicas");
        replicas.start(options.replicas());
        replicas.pids().forEach(pid -> processes.add("replica", pid));
        mall = new MallClient(addresses());
        broker = Broker.at(running.postgres().nats());
        statistics = Statistics.of(running.postgres(), running.hasGateway(), broker);
        meter = new Meter(processes, statistics, progress);
        yardstick = Yardstick.on(running.postgres(), broker, processes);
        shop = new Shop(mall);
        watch = new OrderWatch(mall);
        desk = new Desk(mall, shop, watch);
    }

    /** Of the gateway alone, where there is one: it knows the first replica of each service. */
    private List<URI> addresses() {
        return running.hasGateway()
                ? List.of(running.address())
                : Stream.concat(Stream.of(running.address()), replicas.addresses().stream())
                        .toList();
    }

    /** Opens the shop, warms the mall up, and learns what is to be taken off all that is measured. */
    void prepare() throws InterruptedException {
        progress.show("opening stores");
        shop.open();
        var deadline = System.nanoTime() + options.warmUp().toNanos();
        var orders = LEAST_ORDERS;
        do {
            var left = Duration.ofNanos(Math.max(LEAST_WARM_UP.toNanos(), deadline - System.nanoTime()));
            warmUp(Scenario.SIXTY_FOUR, orders, left);
            orders *= 2;
        } while (System.nanoTime() < deadline);
        var idle = meter.measureIdle();
        readCosts = ReadCosts.measure(meter, watch, anyOrder());
        progress.say(Table.ground(idle, readCosts));
    }

    private UUID anyOrder() throws InterruptedException {
        return watch.readList(Status.APPROVED, null).items().getFirst().id();
    }

    /** What the mall is loaded with: so many orders a second in an open loop, else none. */
    private record Load(Scenario scenario, int perSecond) {

        static Load closed(Scenario scenario) {
            return new Load(scenario, 0);
        }

        String title() {
            return scenario.title();
        }
    }

    Result measure(Scenario scenario, Duration measured) throws InterruptedException {
        return scenario == Scenario.RATE
                ? measureAt(options.rate().orElseThrow(), measured)
                : measure(Load.closed(scenario), measured);
    }

    /** In an open loop. */
    Result measureAt(int perSecond, Duration measured) throws InterruptedException {
        return measure(new Load(Scenario.RATE, perSecond), measured);
    }

    private Result measure(Load load, Duration measured) throws InterruptedException {
        var scenario = load.scenario();
        var bare = scenario.inFlight() == 0 ? null : bareLoop(scenario.inFlight());
        var ramp = measured.dividedBy(RAMP_PART);
        prepare(load, measured.plus(ramp));
        var run = new AtomicReference<Run>();
        var begin = new AtomicReference<Instant>();
        var readsBefore = watch.reads();
        var cost = meter.measure(() -> {
            begin.set(Instant.now());
            run.set(watched(load, "measuring", ramp, measured));
        });
        var watching = readCosts.of(watch.reads().minus(readsBefore));
        progress.show(scenario.title() + ": checking that all adds up");
        shop.checkStock();
        shop.checkPayments(run.get().placed());
        var meanBatch = statistics.meanBatch(begin.get());
        return Result.of(scenario, run.get(), options.rounds(), cost.minus(watching), meanBatch, bare);
    }

    /** Fills the databases with so many completed orders of the past, and looks whether the mall knows them. */
    void store(int orders) throws InterruptedException {
        progress.show("completing the orders that the stored ones are made of");
        var fulfilment = new Fulfilment(mall);
        var stored = new StoredOrders(running.postgres(), statistics.jdbcUrls(), progress);
        shop.preparePayments(PATTERN, Status.APPROVED);
        var placed = watched(Load.closed(Scenario.SIXTY_FOUR), "placing", Duration.ZERO, Duration.ofMinutes(1))
                .placed();
        for (var order : placed) {
            fulfilment.complete(order.id());
            shop.fetched(order.wish());
        }
        // Until the last letter is sent and the last saga archived.
        Thread.sleep(Statistics.UNTIL_HANDED_IN);
        stored.fill(orders, PATTERN);
        progress.show("tidying up the database");
        statistics.tidyUp();
        for (var order : placed) {
            var copy = watch.readOrder(stored.copyOf(order.id(), orders, PATTERN));
            if (copy.status() != Status.COMPLETED) {
                throw new NoResult("The stored order %s is %s.".formatted(copy.id(), copy.status()));
            }
        }
    }

    /** Once for each number in flight: a figure of the machine and its servers, not of the mall. */
    private Yardstick.Reading bareLoop(int inFlight) throws InterruptedException {
        if (!readings.containsKey(inFlight)) {
            progress.show("the bare loop, %d in flight".formatted(inFlight));
            readings.put(inFlight, yardstick.measure(inFlight));
        }
        return readings.get(inFlight);
    }

    /** A payment for each order that there may be time for. */
    private void prepare(Load load, Duration time) throws InterruptedException {
        var scenario = load.scenario();
        var enough = Math.max(LEAST_ORDERS, 3 * scenario.inFlight());
        var perSecond = scenario == Scenario.RATE
                ? load.perSecond()
                : SPARE_PAYMENTS * warmUp(scenario, enough, time).perSecond();
        progress.show(load.title() + ": authorising payments");
        shop.preparePayments(
                (int) (time.toMillis() / 1e3 * perSecond) + 2 * scenario.inFlight() + 1, scenario.everySecond());
    }

    /** Enough orders to know the pace, and for the mall's JVM to know its work. */
    private Run warmUp(Scenario scenario, int orders, Duration atMost) throws InterruptedException {
        progress.show(scenario.title() + ": preparing the warm-up");
        shop.preparePayments(orders, scenario.everySecond());
        return watched(Load.closed(scenario), "warming up", Duration.ZERO, atMost);
    }

    private Run watched(Load load, String what, Duration ramp, Duration time) throws InterruptedException {
        var scenario = load.scenario();
        var looking = Thread.ofVirtual().start(() -> watch.repeat(scenario.outcomes(), scenario.look()));
        var telling = Thread.ofVirtual().start(() -> tell(scenario.title() + ", " + what));
        try {
            return scenario == Scenario.RATE
                    ? new OpenLoop(desk, shop).run(load.perSecond(), ramp, time)
                    : new ClosedLoop(desk, shop).run(scenario.inFlight(), ramp, time);
        } finally {
            looking.interrupt();
            telling.interrupt();
            looking.join();
            telling.join();
        }
    }

    private void tell(String what) {
        try {
            for (var before = desk.decided(); ; before = desk.decided()) {
                Thread.sleep(Duration.ofSeconds(1));
                progress.show("%s: %d orders a second, %d in flight"
                        .formatted(what, desk.decided() - before, watch.inFlight()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        replicas.close();
        yardstick.close();
        statistics.close();
        broker.close();
    }
}
