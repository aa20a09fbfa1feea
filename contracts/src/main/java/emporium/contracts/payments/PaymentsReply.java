package emporium.contracts.payments;

import emporium.contracts.Reply;

/** What the payments service answers. */
public sealed interface PaymentsReply extends Reply
        permits PaymentConfirmed, PaymentDeclined, PaymentReleased, PaymentReturned {}
