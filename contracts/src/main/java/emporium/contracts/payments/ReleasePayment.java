package emporium.contracts.payments;

import emporium.contracts.Wire;
import java.util.UUID;

/** Frees the payment from this order, also when it was never bound to it; a payment bound to another order stays so. */
@Wire("payments.ReleasePayment.v1")
public record ReleasePayment(UUID order, UUID payment) implements PaymentsCommand {}
