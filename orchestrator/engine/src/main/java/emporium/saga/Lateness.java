package emporium.saga;

/** What it means that a step's deadline has passed without an answer. Late answers count until the step is given up. */
public enum Lateness {
    /**
     * The command is sent again, as often as the step's {@link Retry} allows; then the saga turns round. Past the pivot
     * it is sent again without end.
     */
    SEND_AGAIN,
    /** The saga turns round at once. The late step may have been done, so it is undone with the others. */
    COMPENSATE,
    /** The saga waits on, as {@link SagaStatus#NEEDS_ATTENTION}, for the answer or for a person. */
    ATTENTION
}
