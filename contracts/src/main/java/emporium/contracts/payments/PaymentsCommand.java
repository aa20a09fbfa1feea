package emporium.contracts.payments;

import emporium.contracts.Command;

/** What the payments service can be asked to do. */
public sealed interface PaymentsCommand extends Command permits ConfirmPayment, ReleasePayment, ReturnPayment {}
