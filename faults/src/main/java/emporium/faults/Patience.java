package emporium.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits, with an end. */
final class Patience {

    private Patience() {}

    static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /** Waits until it is so; throws when it takes longer than that. */
    static void until(String what, Duration atMost, BooleanSupplier so) {
        if (!passed(atMost, so)) {
            throw new Broken("waited " + atMost.toSeconds() + " s in vain for " + what);
        }
    }

    /** Waits until it is so, at most that long; returns whether it is. */
    static boolean passed(Duration atMost, BooleanSupplier so) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(Duration.ofMillis(50));
        }
        return true;
    }
}
