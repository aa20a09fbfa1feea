package emporium.launcher;

import emporium.infra.Addresses;
import emporium.infra.GivenPostgres;
import emporium.infra.InfraException;
import emporium.infra.NatsProgram;
import emporium.infra.NatsServer;
import emporium.infra.Ports;
import emporium.infra.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/** Starts PostgreSQL, nats-server and the mall, keeps them running, and stops them in reverse. */
final class Up {

    private final Options options;
    private final Path home;
    private final Console console;
    private final DataFolder folder;
    private final Deque<Watched> running = new ArrayDeque<>();
    private boolean stopped;

    Up(Options options, Path home, Console console) {
        this.options = options;
        this.home = home;
        this.console = console;
        this.folder = new DataFolder(options.data());
    }

    /** Returns only if the start fails: afterwards a signal ends the process, with exit code 0. */
    int run() {
        folder.take();
        Runtime.getRuntime().addShutdownHook(new Thread(this::endWell, "drain"));
        try {
            makeRoom();
            startAll();
        } catch (RuntimeException e) {
            if (stopAll()) {
                throw e;
            }
            // A signal came meanwhile: what failed was being stopped.
            return waitForASignal();
        }
        greet();
        new LiveLine(new Rest(options.port()), console).repeat();
        return waitForASignal();
    }

    private void makeRoom() {
        Leftovers.stop(folder, console);
        if (options.fresh()) {
            folder.forget();
        }
        if (!Ports.isFree(options.port())) {
            throw new InfraException(
                    "Port %d is taken by another program; choose another with --port.".formatted(options.port()));
        }
    }

    private void startAll() {
        var postgres = options.postgres().map(GivenPostgres::parse);
        postgres.ifPresent(GivenPostgres::check);
        options.nats().ifPresent(NatsServer::check);
        var nats = options.nats().orElseGet(this::startNats);
        var addresses = postgres.map(given -> given.addresses(nats)).orElseGet(() -> startPostgres(nats));
        folder.usePort("mall", options.port());
        start("mall", new Mall(Mall.jar(home), folder, options.port(), addresses));
    }

    private String startNats() {
        var nats = new NatsServer(NatsProgram.find(), folder.nats(), folder.port("nats"), folder.log("nats"));
        start("nats", new Server() {
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

    private Addresses startPostgres(String nats) {
        var postgres = PostgresServer.durable(folder.postgres(), folder.port("postgres"), folder.log("postgres"));
        start("postgres", new Server() {
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
        return postgres.addresses(nats);
    }

    private void start(String name, Server server) {
        var watched = new Watched(name, server, folder, console);
        synchronized (running) {
            if (stopped) {
                return;
            }
            running.push(watched);
        }
        watched.start();
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
        int number = options.bots().orElse(0);
        SimulatedBot.start(number, new JsonRest(rest));
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
        if (stopAll()) {
            Leftovers.stop(folder, console);
            Runtime.getRuntime().halt(0);
        }
    }

    /** The mall first, which drains, then those it needs. Returns whether there was something to stop. */
    private boolean stopAll() {
        synchronized (running) {
            if (stopped) {
                return false;
            }
            stopped = true;
        }
        console.endLine();
        if (!running.isEmpty()) {
            console.say("Stopping.");
        }
        running.forEach(Watched::stop);
        return true;
    }
}
