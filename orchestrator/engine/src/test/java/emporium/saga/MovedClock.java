package emporium.saga;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The present time, and as much later as a test says. */
final class MovedClock implements InstantSource {

    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    void pass(Duration time) {
        ahead = ahead.plus(time);
    }

    void reset() {
        ahead = Duration.ZERO;
    }
}
