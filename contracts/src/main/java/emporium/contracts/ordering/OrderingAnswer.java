package emporium.contracts.ordering;

import emporium.contracts.Answer;

/** What the ordering service answers to a query. */
public sealed interface OrderingAnswer extends Answer permits OrdersFound {}
