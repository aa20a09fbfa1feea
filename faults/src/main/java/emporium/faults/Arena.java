package emporium.faults;

import emporium.e2e.RunningMall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** The real system, started by {@code ./emporium up}, on servers that can be broken. */
final class Arena implements AutoCloseable {

    private static final Path MODULE = RunningMall.HOME.resolve("faults");

    /** Which servers the mall runs on. */
    enum Kind {
        ONE_BROKER(1, "", Map.of()),
        /** A broker that has room for few messages. */
        SMALL_STORE(1, "48MB", Map.of()),
        CLUSTER(3, "", Map.of("EMPORIUM_NATS_REPLICAS", "3"));

        private final int brokers;
        private final String store;
        private final Map<String, String> environment;

        Kind(int brokers, String store, Map<String, String> environment) {
            this.brokers = brokers;
            this.store = store;
            this.environment = environment;
        }
    }

    private final Options options;
    private final Broker broker;
    private final Database database;
    private final Armed armed;
    private final RunningMall mall;
    private final Rest rest;
    private final Random random;
    private Shopping shopping;
    private String note = "";

    Arena(Kind kind, Options options) {
        this.options = options;
        this.random = new Random(options.seed());
        var folder = MODULE.resolve("target/data/" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        this.broker = new Broker(folder, kind.brokers, kind.store);
        this.database = new Database(folder, options.services());
        this.armed = new Armed(folder.resolve("armed"));
        options.without().ifPresent(mechanism -> armed.arm("without-" + mechanism, ""));
        var arguments = Stream.concat(
                        Stream.of("--postgres", database.url(), "--nats", broker.urls()),
                        options.services() ? Stream.of("--services") : Stream.of())
                .toList();
        var environment = new HashMap<>(kind.environment);
        environment.put("EMPORIUM_JAVA_OPTS", armed.javaOptions(MODULE));
        // Also when the run is broken off.
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopServers));
        this.mall = RunningMall.start(folder.resolve("mall"), environment, arguments);
        this.rest = new Rest(mall.uri());
    }

    Broker broker() {
        return broker;
    }

    Database database() {
        return database;
    }

    Armed armed() {
        return armed;
    }

    Rest rest() {
        return rest;
    }

    RunningMall mall() {
        return mall;
    }

    Random random() {
        return random;
    }

    boolean isLong() {
        return options.isLong();
    }

    /** Orders that flow now. */
    Shopping shopping() {
        return shopping;
    }

    /** Begins anew, with these orders. */
    void shopping(Shopping shopping) {
        this.shopping = shopping;
        this.note = "";
    }

    /** What is worth telling beside the figures. */
    void note(String note) {
        this.note = note;
    }

    void noteInternalErrors(long errors) {
        if (errors > 0) {
            note += (note.isEmpty() ? "" : ", ") + errors + " answers 500";
        }
    }

    String note() {
        return note;
    }

    /** The processes that hold the application. */
    List<String> processes() {
        return options.services() ? Database.SERVICES : List.of("mall");
    }

    /** One of them by chance. */
    String anyProcess() {
        return processes().get(random.nextInt(processes().size()));
    }

    /** The port by which the hooks know a process. */
    String portOf(String process) {
        return options.services() ? mall.noted("ports", process) : Integer.toString(mall.port());
    }

    /** Ends processes with no chance to tidy up, and waits until the mall is ready with new ones. */
    void kill(List<String> processes) {
        var before = processes.stream().map(mall::pid).toList();
        processes.forEach(mall::kill);
        awaitNew(processes, before);
    }

    /** Waits until these processes are not those any more and all is ready. */
    void awaitNew(List<String> processes, List<Long> before) {
        Patience.until(processes + " to be started again", Duration.ofMinutes(2), () -> processes.stream()
                .map(mall::pid)
                .noneMatch(before::contains));
        awaitReady();
    }

    void awaitReady() {
        Patience.until("the mall to be ready", Duration.ofMinutes(3), mall::isReady);
    }

    @Override
    public void close() {
        mall.stop();
        stopServers();
    }

    private void stopServers() {
        broker.close();
        database.close();
    }
}
