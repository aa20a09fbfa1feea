package emporium.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** At a terminal, one line with what goes on in the mall, renewed every second. */
final class LiveLine {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Rest rest;
    private final Console console;

    LiveLine(Rest rest, Console console) {
        this.rest = rest;
        this.console = console;
    }

    void repeat() {
        if (console.isTerminal()) {
            Thread.ofVirtual().start(() -> {
                while (true) {
                    console.show(text());
                    LockSupport.parkNanos(PERIOD.toNanos());
                }
            });
        }
    }

    private String text() {
        try {
            return Counts.in(rest.get("/q/metrics"));
        } catch (IOException noMetrics) {
            return rest.isReady() ? "ready" : "not ready";
        }
    }
}
