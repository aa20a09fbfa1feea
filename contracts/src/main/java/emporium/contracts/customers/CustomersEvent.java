package emporium.contracts.customers;

import emporium.contracts.Event;

/** What the customers service tells the others: the full state with its version. */
public sealed interface CustomersEvent extends Event permits CustomerChanged {}
