package emporium.benchmarks;

import static emporium.benchmarks.OrderWatch.Status.APPROVED;
import static emporium.benchmarks.OrderWatch.Status.REJECTED;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the driver loads the mall: so many orders in flight, the next placed when one is decided. */
enum Scenario {
    QUIET("quiet", 1, false, Duration.ofMillis(4)),
    SIXTY_FOUR("64", 64, false, Duration.ofMillis(50)),
    THREE_HUNDRED("300", 300, false, Duration.ofMillis(50)),
    THOUSAND("1000", 1000, false, Duration.ofMillis(50)),
    /** Every second payment is too small, so that its saga has to undo what was done. */
    REFUSED("refused", 64, true, Duration.ofMillis(50));

    private final String title;
    private final int inFlight;
    private final boolean halfRefused;
    private final Duration look;

    Scenario(String title, int inFlight, boolean halfRefused, Duration look) {
        this.title = title;
        this.inFlight = inFlight;
        this.halfRefused = halfRefused;
        this.look = look;
    }

    static Optional<Scenario> named(String title) {
        return Stream.of(values())
                .filter(scenario -> scenario.title.equals(title))
                .findFirst();
    }

    String title() {
        return title;
    }

    int inFlight() {
        return inFlight;
    }

    boolean halfRefused() {
        return halfRefused;
    }

    /** How its orders end. */
    List<OrderWatch.Status> outcomes() {
        return halfRefused ? List.of(APPROVED, REJECTED) : List.of(APPROVED);
    }

    /** The pause between two looks at the orders in flight: what a latency is too long by, at most. */
    Duration look() {
        return look;
    }
}
