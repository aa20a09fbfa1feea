package emporium.benchmarks;

import static emporium.benchmarks.OrderWatch.Status.APPROVED;
import static emporium.benchmarks.OrderWatch.Status.CANCELLED;
import static emporium.benchmarks.OrderWatch.Status.REJECTED;

import emporium.benchmarks.OrderWatch.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the driver loads the mall: so many orders in flight, the next placed when one is decided; or so many a second. */
enum Scenario {
    QUIET("quiet", 1, APPROVED, Duration.ofMillis(4)),
    SIXTY_FOUR("64", 64, APPROVED, Duration.ofMillis(50)),
    THREE_HUNDRED("300", 300, APPROVED, Duration.ofMillis(50)),
    THOUSAND("1000", 1000, APPROVED, Duration.ofMillis(50)),
    /** Every second payment is too small, so that its saga has to undo what was done. */
    REFUSED("refused", 64, REJECTED, Duration.ofMillis(50)),
    /** Every second order is cancelled, at any moment of its saga or soon after. */
    CANCEL_STORM("cancel-storm", 64, CANCELLED, Duration.ofMillis(50)),
    /** Orders come when they come, whether the mall keeps up or not. */
    RATE("rate", 0, APPROVED, Duration.ofMillis(50));

    private final String title;
    private final int inFlight;
    private final Status everySecond;
    private final Duration look;

    Scenario(String title, int inFlight, Status everySecond, Duration look) {
        this.title = title;
        this.inFlight = inFlight;
        this.everySecond = everySecond;
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

    /** How many are in flight all the time; 0 when nobody decides that. */
    int inFlight() {
        return inFlight;
    }

    /** How every second order ends; the others are approved. */
    Status everySecond() {
        return everySecond;
    }

    /** How its orders end. */
    List<Status> outcomes() {
        return Stream.of(APPROVED, everySecond).distinct().toList();
    }

    /** The pause between two looks at the orders in flight: what a latency is too long by, at most. */
    Duration look() {
        return look;
    }
}
