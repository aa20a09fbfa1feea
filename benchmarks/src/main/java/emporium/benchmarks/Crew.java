package emporium.benchmarks;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several virtual threads at the same work. */
final class Crew {

    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    private Crew() {}

    /** Returns when all have done, or throws what the first of them threw. */
    static void work(int threads, Work work) throws InterruptedException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var i = 0; i < threads; i++) {
                running.add(executor.submit(() -> {
                    work.run();
                    return null;
                }));
            }
            await(running);
        }
    }

    /** Waits for all, or throws what the first of them threw. */
    static void await(Iterable<Future<?>> running) throws InterruptedException {
        try {
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            running.forEach(other -> other.cancel(true));
            throw e.getCause() instanceof NoResult noResult
                    ? noResult
                    : new NoResult("The driver failed: " + e.getCause() + ".", e.getCause());
        }
    }
}
