package emporium.ordering;

/** How far an order has come. */
enum OrderStatus {
    /** Placed; the saga gathers the customer's authorization, the goods and the payment. */
    PENDING,
    /** Promised to the customer: all that it needs is in hand. */
    APPROVED,
    /** Refused with a reason; nothing is held for it. */
    REJECTED
}
