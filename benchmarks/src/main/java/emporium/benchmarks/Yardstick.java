package emporium.benchmarks;

import emporium.infra.Addresses;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.CompressionOption;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The bare loop: what these servers on this machine give a saga of five commands and five replies at the most. Ten hops,
 * each a message consumed, one transaction in plain JDBC with inbox, one small update and outbox, a message published,
 * an acknowledgement; whatever has arrived is one batch, as in the mall. No REST, no domain, no JSON. What the loop has
 * done is checked: each saga passed each hop once.
 */
final class Yardstick implements AutoCloseable {

    /** Five services and the two halves of an orchestrator. */
    static final int SERVICES = 5;

    static final List<String> STREAMS = List.of("YARDSTICK_COMMANDS", "YARDSTICK_REPLIES");
    private static final Duration RAMP = Duration.ofSeconds(2);
    private static final Duration MEASURED = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Broker broker;
    private final Processes processes;
    private final YardstickTables tables;
    private boolean warm;

    private Yardstick(Broker broker, Processes processes, YardstickTables tables) {
        this.broker = broker;
        this.processes = processes;
        this.tables = tables;
    }

    /** Makes tables and streams of its own on these servers, gone again when it is closed. */
    static Yardstick on(Addresses addresses, Broker broker, Processes processes) {
        var yardstick = new Yardstick(broker, processes, new YardstickTables(addresses));
        yardstick.tables.create();
        return yardstick;
    }

    /** @param cpuMsPerSaga of the loop, PostgreSQL and the broker */
    record Reading(double sagasPerSecond, double p50Ms, double cpuMsPerSaga) {}

    /** The rate with so many sagas in flight, each that ends making room for the next. */
    Reading measure(int inFlight) throws InterruptedException {
        if (!warm) {
            run(64, Duration.ZERO, MEASURED);
            warm = true;
        }
        return run(inFlight, RAMP, MEASURED);
    }

    private Reading run(int inFlight, Duration ramp, Duration measured) throws InterruptedException {
        tables.empty();
        // Anew: what an earlier run has left there would be consumed once more.
        prepareStreams();
        var loop = new Loop(inFlight);
        try (var hops = new Hops(loop)) {
            hops.start();
            loop.startAll();
            Thread.sleep(ramp);
            var cpuBefore = cpu();
            var begin = System.nanoTime();
            Thread.sleep(measured);
            loop.stopping = true;
            var end = System.nanoTime();
            var cpu = cpu() - cpuBefore;
            loop.awaitEnd();
            tables.check(loop.ended.size());
            var counted = loop.ended.stream()
                    .filter(saga -> saga.end() >= begin && saga.end() < end)
                    .toList();
            var latencies = Latencies.ofNanos(counted.stream().mapToLong(saga -> saga.end() - saga.begin()));
            return new Reading(
                    Math.rint(counted.size() / ((end - begin) / 1e9) * 10) / 10,
                    latencies.p50(),
                    Math.rint(cpu / counted.size() * 1000) / 1000);
        }
    }

    private double cpu() {
        var cpu = processes.cpu();
        return cpu.driver() + cpu.postgres() + cpu.nats();
    }

    private record Ended(long begin, long end) {}

    /** The sagas of one run. */
    final class Loop {

        private final int inFlight;
        private final Semaphore running;
        private final java.util.Map<UUID, Long> begun = new java.util.concurrent.ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
        private volatile boolean stopping;

        private Loop(int inFlight) {
            this.inFlight = inFlight;
            this.running = new Semaphore(inFlight);
        }

        private void startAll() throws InterruptedException {
            for (var i = 0; i < inFlight; i++) {
                running.acquire();
                begin();
            }
        }

        private void begin() {
            var saga = tables.nextSaga();
            begun.put(saga, System.nanoTime());
            YardstickHop.publish(broker.connection(), YardstickHop.Token.first(saga));
        }

        void ended(UUID saga) {
            ended.add(new Ended(begun.remove(saga), System.nanoTime()));
            if (stopping) {
                running.release();
            } else {
                begin();
            }
        }

        private void awaitEnd() throws InterruptedException {
            if (!running.tryAcquire(inFlight, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new NoResult("%d sagas of the bare loop have not ended after %d seconds."
                        .formatted(begun.size(), PATIENCE.toSeconds()));
            }
        }
    }

    /** All consumers of one run. */
    private final class Hops implements AutoCloseable {

        private final List<YardstickHop> hops = new ArrayList<>();

        Hops(Loop loop) {
            for (var service = 1; service <= SERVICES; service++) {
                hops.add(YardstickHop.ofService(service, broker.connection(), tables));
            }
            for (var half = 0; half < 2; half++) {
                hops.add(YardstickHop.ofOrchestrator(half, broker.connection(), tables, loop));
            }
        }

        void start() {
            hops.forEach(YardstickHop::start);
        }

        @Override
        public void close() {
            hops.forEach(YardstickHop::close);
        }
    }

    private void prepareStreams() {
        try {
            deleteStreams();
            var management = broker.connection().jetStreamManagement();
            management.addStream(stream(STREAMS.get(0), YardstickHop.COMMANDS));
            management.addStream(stream(STREAMS.get(1), YardstickHop.REPLIES));
        } catch (IOException | JetStreamApiException e) {
            throw new NoResult("The bare loop's streams cannot be made: " + e.getMessage() + ".", e);
        }
    }

    /** As the mall's are. */
    private StreamConfiguration stream(String name, String subjects) {
        Connection connection = broker.connection();
        var configuration = StreamConfiguration.builder()
                .name(name)
                .subjects(subjects + "*")
                .storageType(StorageType.File)
                .maxAge(Duration.ofDays(3))
                .duplicateWindow(Duration.ofSeconds(30));
        if (connection.getServerInfo().isSameOrNewerThanVersion("2.10.0")) {
            configuration.compressionOption(CompressionOption.S2);
        }
        return configuration.build();
    }

    private void deleteStreams() throws IOException, JetStreamApiException {
        JetStreamManagement management = broker.connection().jetStreamManagement();
        for (var stream : management.getStreamNames()) {
            if (STREAMS.contains(stream)) {
                management.deleteStream(stream);
            }
        }
    }

    @Override
    public void close() {
        tables.close();
        try {
            deleteStreams();
        } catch (IOException | JetStreamApiException e) {
            throw new NoResult("The bare loop's streams cannot be deleted: " + e.getMessage() + ".", e);
        }
    }
}
