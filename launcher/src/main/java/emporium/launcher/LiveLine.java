package emporium.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** At a terminal, one line with what goes on in the mall, renewed every second. */
final class LiveLine {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Rest rest;
    private final List<Rest> counted;
    private final Console console;

    /** @param counted who has metrics of orders and sagas */
    LiveLine(Rest rest, List<Rest> counted, Console console) {
        this.rest = rest;
        this.counted = counted;
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
            var metrics = new StringBuilder();
            for (var process : counted) {
                metrics.append(process.get("/q/metrics"));
            }
            return Counts.ofMetrics(metrics.toString());
        } catch (IOException noMetrics) {
            return inFlight();
        }
    }

    private String inFlight() {
        try {
            return "sagas running: %s, compensating: %s".formatted(sagas("RUNNING"), sagas("COMPENSATING"));
        } catch (IOException notNow) {
            return "The mall does not answer.";
        }
    }

    private String sagas(String status) throws IOException {
        return Counts.ofPage(rest.get("/api/sagas?limit=500&status=" + status));
    }
}
