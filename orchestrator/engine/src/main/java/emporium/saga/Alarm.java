package emporium.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * When somebody has to look at the sagas next, as far as this process knows. It is set before the commit: one that is
 * rolled back is looked at once for nothing, and that is cheaper than to wait for every commit.
 */
final class Alarm {

    private Instant next = Instant.MAX;

    /** Wakes who sleeps, if this is earlier than what is known. */
    synchronized void set(Instant at) {
        if (at.isBefore(next)) {
            next = at;
            notifyAll();
        }
    }

    /** Sleeps until the time comes, an earlier one is set, it has been as long as this, or nobody wants it any more. */
    synchronized void sleep(Instant now, Duration longest, BooleanSupplier wanted) throws InterruptedException {
        var end = now.plus(longest);
        var left = Duration.between(now, next.isBefore(end) ? next : end);
        if (left.isPositive() && wanted.getAsBoolean()) {
            // rounded up: a moment too early there would be nothing to do
            wait(left.toMillis() + 1);
        }
    }

    /** Wakes who sleeps, to see that it is not wanted any more. */
    synchronized void off() {
        notifyAll();
    }

    /** What has come by now is seen to. */
    synchronized void seen(Instant now) {
        if (!next.isAfter(now)) {
            next = Instant.MAX;
        }
    }
}
