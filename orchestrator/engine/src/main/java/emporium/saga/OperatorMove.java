package emporium.saga;

/** What a person may do about a saga that does not go on by itself. */
public enum OperatorMove {
    /** Sends again, now and with all attempts anew, what is stuck, late, or waits to be sent again. */
    RETRY("sent again"),
    /** Declares done what is stuck, late, or waits to be sent again, and goes on from there. */
    SKIP("skipped"),
    /** Ends the saga where it stands: what was left to do was done by hand. */
    RESOLVE("resolved"),
    /** Turns the saga round, before its pivot. */
    CANCEL("cancelled");

    private final String done;

    OperatorMove(String done) {
        this.done = done;
    }

    /** What the move does to a saga, as a participle. */
    String done() {
        return done;
    }
}
