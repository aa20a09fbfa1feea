package emporium.contracts.payments;

import emporium.contracts.Event;

/** What the payments service tells the others. */
public sealed interface PaymentsEvent extends Event permits InvoiceChanged {}
