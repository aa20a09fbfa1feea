package emporium.contracts.ordering;

import emporium.contracts.Reply;

/** What the ordering service answers. */
public sealed interface OrderingReply extends Reply permits OrderApproved, OrderRejected, OrderCancelled {}
