package emporium.launcher;

import emporium.infra.Addresses;
import emporium.infra.GivenPostgres;
import emporium.infra.InfraException;
import emporium.infra.NatsProgram;
import emporium.infra.NatsServer;
import emporium.infra.Ports;
import emporium.infra.PostgresServer;
import emporium.launcher.Application.Program;
import emporium.launcher.Options.Build;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Starts PostgreSQL, nats-server and the mall in one of its forms, keeps them running, and stops them in reverse. */
final class Up {

    private static final int DEMO_BOTS = 2;

    /** New objects would otherwise fill 48 MB before they are looked through, and keep them. */
    private static final List<String> EXECUTABLE_MEMORY = List.of("-Xmx256m", "-Xmn32m");

    /** Bots that nobody has asked for let an order be seen before they fetch it. */
    private static final Duration LEISURE = Duration.ofSeconds(10);

    private final Options options;
    private final Path home;
    private final Console console;
    private final DataFolder folder;
    private final Fleet fleet;

    Up(Options options, Path home, Console console) {
        this.options = options;
        this.home = home;
        this.console = console;
        this.folder = new DataFolder(options.data());
        this.fleet = new Fleet(folder, console);
    }

    /** Returns only if the start fails: afterwards a signal ends the process, with exit code 0. */
    int run() {
        folder.take();
        Runtime.getRuntime().addShutdownHook(new Thread(this::endWell, "drain"));
        try {
            makeRoom();
            startAll();
        } catch (RuntimeException e) {
            if (fleet.stop()) {
                throw e;
            }
            // A signal came meanwhile: what failed was being stopped.
            return waitForASignal();
        }
        greet();
        new LiveLine(new Rest(options.port()), counted(), console).repeat();
        return waitForASignal();
    }

    private void makeRoom() {
        Leftovers.stop(folder, console);
        if (options.fresh()) {
            folder.forget();
        }
        folder.keepTo(options.services() ? "services" : "mall");
        if (!Ports.isFree(options.port())) {
            throw new InfraException(
                    "Port %d is taken by another program; choose another with --port.".formatted(options.port()));
        }
    }

    private void startAll() {
        var given = options.postgres().map(GivenPostgres::parse);
        given.ifPresent(GivenPostgres::check);
        options.nats().ifPresent(NatsServer::check);
        var nats = options.nats().orElseGet(this::startNats);
        if (options.services()) {
            startServices(
                    given.map(server -> ServiceDatabases.on(server, folder))
                            .orElseGet(() -> ServiceDatabases.on(startPostgres(), folder)),
                    nats);
        } else {
            startMall(given.map(server -> server.addresses(nats))
                    .orElseGet(() -> startPostgres().addresses(nats)));
        }
    }

    private void startMall(Addresses addresses) {
        folder.usePort("mall", options.port());
        var executable = options.build() == Build.EXECUTABLES;
        var memory = executable ? EXECUTABLE_MEMORY : List.of("-Xms64m", "-Xmx320m");
        var program = new Program("mall", home.resolve("mall"), options.port(), executable, memory);
        var mall = new Application(program, Application.environment(addresses, folder), folder);
        if (options.build() == Build.RECORDED_JARS && !program.isRecorded()) {
            console.say("Starting the mall once to record what it loads; later starts are faster.");
            mall.record();
        }
        fleet.start("mall", mall);
    }

    private void startServices(ServiceDatabases databases, String nats) {
        var form = new ServicesForm(options, home, folder);
        fleet.start(form.services(databases, nats));
        fleet.start("gateway", form.gateway());
    }

    /** Where the counts of orders and sagas are. */
    private List<Rest> counted() {
        return options.services()
                ? Stream.of("ordering", "orchestrator")
                        .map(service -> new Rest(
                                Integer.parseInt(folder.lastPort(service).orElseThrow())))
                        .toList()
                : List.of(new Rest(options.port()));
    }

    private String startNats() {
        var nats = new NatsServer(NatsProgram.find(), folder.nats(), folder.port("nats"), folder.log("nats"));
        fleet.start("nats", new Server() {
            @Override
            public Process start() {
                return nats.start();
            }

            @Override
            public void awaitReady(Process process) {
                nats.awaitReady(process);
            }

            @Override
            public void stop(ProcessHandle process) {
                NatsServer.stop(process);
            }
        });
        return nats.url();
    }

    private PostgresServer startPostgres() {
        var postgres = PostgresServer.durable(folder.postgres(), folder.port("postgres"), folder.log("postgres"));
        fleet.start("postgres", new Server() {
            @Override
            public Process start() {
                return postgres.start();
            }

            @Override
            public void awaitReady(Process process) {
                postgres.awaitReady(process);
            }

            @Override
            public void stop(ProcessHandle process) {
                PostgresServer.stop(process);
            }
        });
        return postgres;
    }

    private void greet() {
        var rest = new Rest(options.port());
        if (options.demo()) {
            openDemo(rest);
        }
        startBots(rest);
        console.say("The mall is open: " + rest.address() + " (all calls: " + rest.address() + "/q/swagger-ui)");
    }

    private void startBots(Rest rest) {
        int number = options.bots().orElse(options.demo() ? DEMO_BOTS : 0);
        SimulatedBot.start(number, new JsonRest(rest), options.bots().isPresent() ? Duration.ZERO : LEISURE);
        if (number > 0) {
            console.say(
                    number == 1
                            ? "One simulated bot fetches what is ordered."
                            : number + " simulated bots fetch what is ordered.");
        }
    }

    private void openDemo(Rest rest) {
        try {
            var demo = new DemoShop(rest);
            if (demo.isMallEmpty()) {
                demo.open();
                console.say("It was empty, so two stores with six products and two customers moved in.");
            }
        } catch (IOException e) {
            console.say("The demo could not move in: " + e.getMessage() + ".");
        }
    }

    private static int waitForASignal() {
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            return Main.FAILED;
        }
    }

    /** Runs when a signal ends this process. A stop that was asked for is a success, whatever the signal. */
    private void endWell() {
        if (fleet.stop()) {
            Leftovers.stop(folder, console);
            Runtime.getRuntime().halt(0);
        }
    }
}
