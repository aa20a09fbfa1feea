package emporium.contracts.payments;

import emporium.contracts.Refusal;
import emporium.contracts.Wire;
import java.util.UUID;

/** The payment is unknown, too small, somebody else's, or used. */
@Wire("payments.PaymentDeclined.v1")
public record PaymentDeclined(UUID payment, String reason) implements PaymentsReply, Refusal {}
