package emporium.baskets;

/** What can be done with a basket. */
enum BasketStatus {
    /** Being filled. */
    OPEN,
    /** Became an order: the end. */
    CHECKED_OUT,
    /** Given up by the customer: the end. */
    CANCELLED,
    /** Forgotten by the customer: the end. */
    EXPIRED
}
