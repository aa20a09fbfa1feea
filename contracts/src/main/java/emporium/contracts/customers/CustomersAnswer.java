package emporium.contracts.customers;

import emporium.contracts.Answer;

/** What the customers service answers to a query. */
public sealed interface CustomersAnswer extends Answer permits CustomerFound, CustomerNotFound {}
