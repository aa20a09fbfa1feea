package emporium.contracts.payments;

import emporium.contracts.Wire;
import java.util.UUID;

/** No money is held or kept for this order any more. */
@Wire("payments.PaymentReturned.v1")
public record PaymentReturned(UUID order, UUID payment) implements PaymentsReply {}
