package emporium.search;

import java.time.Instant;

/**
 * One making of the read model.
 *
 * @param finishedAt null while it is being built
 * @param orders how many it was built of
 * @param failure null unless it was given up
 */
record Generation(
        int number,
        State state,
        Instant startedAt,
        Instant progressAt,
        Instant finishedAt,
        long orders,
        String failure) {

    enum State {
        /** Being filled, and kept up to date meanwhile. */
        BUILDING,
        /** The one that is read. */
        LIVE,
        /** Replaced; those who began to read it may end. */
        RETIRED,
        /** Not finished; its tables are gone. */
        FAILED,
        /** Replaced; its tables are gone. */
        GONE
    }
}
