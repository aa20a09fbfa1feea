package emporium.saga;

/** Where a saga stands as a whole. */
public enum SagaStatus {
    /** Goes forward: commands are out. */
    RUNNING,
    /** Goes back: it was refused, late or cancelled before the pivot, and what was done is being undone in reverse. */
    COMPENSATING,
    /** Every step has succeeded. Final. */
    COMPLETED,
    /** All that was or may have been done is undone. Final. */
    COMPENSATED,
    /**
     * A refusal after the pivot, a compensation that does not succeed, or a late step that waits: a person has to look.
     * A late answer still helps.
     */
    NEEDS_ATTENTION,
    /** A person has done what was left to do by hand, and said so. Final. */
    RESOLVED;

    /** Whether nothing more will happen by itself or by a person's move. */
    public boolean isFinal() {
        return this == COMPLETED || this == COMPENSATED || this == RESOLVED;
    }
}
