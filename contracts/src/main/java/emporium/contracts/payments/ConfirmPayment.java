package emporium.contracts.payments;

import emporium.contracts.Money;
import emporium.contracts.Wire;
import java.util.UUID;

/** Binds an authorised payment of this customer, of at least this amount, to this order and no other. */
@Wire("payments.ConfirmPayment.v1")
public record ConfirmPayment(UUID order, UUID payment, UUID customer, Money amount) implements PaymentsCommand {}
