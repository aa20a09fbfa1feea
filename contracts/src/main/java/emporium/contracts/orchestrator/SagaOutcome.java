package emporium.contracts.orchestrator;

/** How a saga has ended. */
public enum SagaOutcome {
    /** Every step has succeeded. */
    COMPLETED,
    /** All that was done is undone. */
    COMPENSATED,
    /** A person has done by hand what was left to do. */
    RESOLVED
}
