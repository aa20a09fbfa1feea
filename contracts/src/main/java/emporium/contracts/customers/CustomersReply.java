package emporium.contracts.customers;

import emporium.contracts.Reply;

/** What the customers service answers. */
public sealed interface CustomersReply extends Reply permits CustomerAuthorized, CustomerUnknown, CustomerDisabled {}
