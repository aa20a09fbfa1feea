package emporium.contracts.payments;

/** Where an invoice stands. */
public enum InvoiceStatus {
    /** Waits to be paid. */
    ISSUED,
    /** Paid: the payment is captured. */
    PAID,
    /** Nobody has to pay it any more. */
    CANCELLED
}
