package emporium.contracts.payments;

import emporium.contracts.Wire;
import java.util.UUID;

/** The payment is not bound to this order (any more). */
@Wire("payments.PaymentReleased.v1")
public record PaymentReleased(UUID order, UUID payment) implements PaymentsReply {}
