package emporium.contracts.payments;

import emporium.contracts.Money;
import emporium.contracts.Wire;
import java.time.Instant;
import java.util.UUID;

/** The invoice is now as told here. */
@Wire("payments.InvoiceChanged.v1")
public record InvoiceChanged(UUID invoice, long version, UUID order, Money amount, InvoiceStatus status, Instant at)
        implements PaymentsEvent {}
