package emporium.saga;

/** Where a saga stands as a whole. */
public enum SagaStatus {
    /** Goes forward: a step's command is out. */
    RUNNING,
    /** Goes back: a step before the pivot was refused, and what was done is being undone in reverse. */
    COMPENSATING,
    /** Every step has succeeded. Final. */
    COMPLETED,
    /** All that was done is undone. Final. */
    COMPENSATED,
    /** A refusal after the pivot, or a refused compensation: neither forward nor back, a person has to look. */
    NEEDS_ATTENTION;

    /** Whether nothing more will happen by itself or by a person's move. */
    public boolean isFinal() {
        return this == COMPLETED || this == COMPENSATED;
    }
}
