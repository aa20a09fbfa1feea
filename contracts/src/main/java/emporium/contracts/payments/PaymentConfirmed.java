package emporium.contracts.payments;

import emporium.contracts.Wire;
import java.util.UUID;

/** The payment is bound to the order. */
@Wire("payments.PaymentConfirmed.v1")
public record PaymentConfirmed(UUID order, UUID payment) implements PaymentsReply {}
