package emporium.faults;

import java.time.Duration;

/** Keeps the live line up to date. */
final class Ticker implements AutoCloseable {

    private final Thread thread;

    Ticker(Progress progress, Shopping shopping) {
        var begun = System.nanoTime();
        this.thread = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                progress.show("%d orders accepted, %d ended, %d s"
                        .formatted(
                                shopping.placed().size(),
                                shopping.ended(),
                                Duration.ofNanos(System.nanoTime() - begun).toSeconds()));
                Patience.pause(Duration.ofMillis(500));
            }
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
