package emporium.saga;

import java.time.Duration;
import java.util.UUID;

/**
 * How often and how soon a command is sent again. Pauses double from the first up to the cap and are shortened by a
 * jitter of up to a half, so that what failed together does not come back together.
 *
 * @param attempts sendings in all, the first included; past the pivot there is no last one
 * @param first the pause before the second sending
 * @param cap the longest pause
 */
public record Retry(int attempts, Duration first, Duration cap) {

    /** For actions: five sendings. */
    static final Retry OF_ACTIONS = times(5);

    /** For compensations: what was done has to be undone, so they are given more time. */
    static final Retry OF_COMPENSATIONS = times(10);

    private static final int MOST_DOUBLINGS = 30;

    public Retry {
        if (attempts < 1 || first.isNegative() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "no retry: " + attempts + " attempts, pauses from " + first + " up to " + cap);
        }
    }

    /** So many sendings, with pauses from a second up to a minute. */
    public static Retry times(int attempts) {
        return new Retry(attempts, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    /** The first pause. */
    public Retry from(Duration pause) {
        return new Retry(attempts, pause, cap.compareTo(pause) < 0 ? pause : cap);
    }

    /** The longest pause. */
    public Retry upTo(Duration pause) {
        return new Retry(attempts, first.compareTo(pause) > 0 ? pause : first, pause);
    }

    /** The pause after so many failures; the jitter comes of the command's id, so that the core stays pure. */
    Duration pause(int failures, UUID command) {
        var doubled = first.toMillis() << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
        var whole = doubled < first.toMillis() ? cap.toMillis() : Math.min(doubled, cap.toMillis());
        var share = (command.getLeastSignificantBits() & 0xFFFF) / (double) 0xFFFF;
        return Duration.ofMillis(whole - (long) (whole / 2.0 * share));
    }
}
