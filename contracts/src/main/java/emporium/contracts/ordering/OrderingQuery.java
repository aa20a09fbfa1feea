package emporium.contracts.ordering;

import emporium.contracts.Query;

/** What the ordering service can be asked. */
public sealed interface OrderingQuery extends Query permits FindOrders {}
