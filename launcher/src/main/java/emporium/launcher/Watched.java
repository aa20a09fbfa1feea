package emporium.launcher;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import emporium.infra.InfraException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Keeps one server running until it is told to stop: when its process dies, it is started again. */
final class Watched {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** One that has run this long was well; its next death is a new story. */
    private static final Duration WELL = Duration.ofMinutes(1);

    private final String name;
    private final Server server;
    private final DataFolder folder;
    private final Console console;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private Process process;

    Watched(String name, Server server, DataFolder folder, Console console) {
        this.name = name;
        this.server = server;
        this.folder = folder;
        this.console = console;
    }

    /** Starts the server and waits until it is ready; if that fails, nobody tries again. */
    void start() {
        if (!startProcess()) {
            return;
        }
        server.awaitReady(process);
        Thread.ofVirtual().name("watch-" + name).start(this::keepRunning);
    }

    /** Nothing is started once {@link #stop} was called, so that no process is left behind. */
    private synchronized boolean startProcess() {
        if (isStopping()) {
            return false;
        }
        process = server.start();
        folder.started(name, process.pid());
        return true;
    }

    private void keepRunning() {
        var pause = FIRST_PAUSE;
        while (true) {
            var begun = System.nanoTime();
            var exitCode = awaitEnd();
            if (isStopping()) {
                return;
            }
            pause = System.nanoTime() - begun > WELL.toNanos() ? FIRST_PAUSE : pause;
            console.say("%s has died (exit code %d); starting it again.".formatted(name, exitCode));
            restart(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private void restart(Duration pause) {
        try {
            if (stopping.await(pause.toMillis(), MILLISECONDS)) {
                return;
            }
            if (startProcess()) {
                server.awaitReady(process);
                console.say(name + " runs again.");
            }
        } catch (InfraException e) {
            if (!isStopping()) {
                console.say(e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int awaitEnd() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    void stop() {
        stopping.countDown();
        synchronized (this) {
            if (process != null) {
                server.stop(process.toHandle());
            }
            folder.stopped(name);
        }
    }
}
