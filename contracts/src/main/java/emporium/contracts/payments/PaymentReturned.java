package emporium.contracts.payments;

import emporium.contracts.Wire;
import java.util.UUID;

/** The order's money goes back: no more will be taken for it, and the gateway is told until it has let go of all. */
@Wire("payments.PaymentReturned.v1")
public record PaymentReturned(UUID order, UUID payment) implements PaymentsReply {}
