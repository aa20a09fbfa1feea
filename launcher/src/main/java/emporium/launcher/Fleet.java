package emporium.launcher;

import static java.util.concurrent.CompletableFuture.allOf;
import static java.util.concurrent.CompletableFuture.runAsync;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** All that runs, in rows: a row needs those that were started before it, and is stopped before them. */
final class Fleet {

    private final DataFolder folder;
    private final Console console;
    private final Deque<List<Watched>> rows = new ArrayDeque<>();
    private boolean stopped;

    Fleet(DataFolder folder, Console console) {
        this.folder = folder;
        this.console = console;
    }

    void start(String name, Server server) {
        start(Map.of(name, server));
    }

    /**
     * Starts a row and returns when all of it is ready. No more start at once than there are processors: together they
     * would be ready no sooner, and each of them so late that it looks dead.
     */
    void start(Map<String, Server> servers) {
        var row = servers.entrySet().stream()
                .map(server -> new Watched(server.getKey(), server.getValue(), folder, console))
                .toList();
        synchronized (rows) {
            if (stopped) {
                return;
            }
            rows.push(row);
        }
        try (var starters =
                Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()))) {
            all(row, Watched::start, starters);
        }
    }

    /** Returns whether there was something to stop. */
    boolean stop() {
        synchronized (rows) {
            if (stopped) {
                return false;
            }
            stopped = true;
        }
        console.endLine();
        if (!rows.isEmpty()) {
            console.say("Stopping.");
        }
        try (var stoppers = Executors.newVirtualThreadPerTaskExecutor()) {
            rows.forEach(row -> all(row, Watched::stop, stoppers));
        }
        return true;
    }

    private static void all(Collection<Watched> row, Consumer<Watched> action, Executor executor) {
        try {
            allOf(row.stream()
                            .map(watched -> runAsync(() -> action.accept(watched), executor))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }
}
