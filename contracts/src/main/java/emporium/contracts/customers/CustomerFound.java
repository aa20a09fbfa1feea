package emporium.contracts.customers;

import emporium.contracts.Wire;

/** The customer as it is now. */
@Wire("customers.CustomerFound.v1")
public record CustomerFound(CustomerChanged customer) implements CustomersAnswer {}
