package emporium.contracts.ordering;

/** Where an order stands. */
public enum OrderStatus {
    /** Placed; the create-order saga gathers what it needs. */
    PENDING,
    /** All is in hand; the bots fetch it. */
    APPROVED,
    /** Fetched; waits for its invoice to be paid. */
    READY,
    /** Paid and handed over: the end. */
    COMPLETED,
    /** Could not be fulfilled: the end. */
    REJECTED,
    /** A cancel is under way; what was done is being undone. */
    CANCELLING,
    /** Undone at the customer's wish: the end. */
    CANCELLED
}
