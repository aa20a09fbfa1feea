package emporium.contracts.payments;

import emporium.contracts.Wire;
import java.util.UUID;

/** Gives the order's money back: voids what was not captured, refunds what was, and cancels the invoice. */
@Wire("payments.ReturnPayment.v1")
public record ReturnPayment(UUID order, UUID payment, String reason) implements PaymentsCommand {}
