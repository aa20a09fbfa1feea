package emporium.contracts.customers;

import emporium.contracts.Query;

/** What the customers service can be asked. */
public sealed interface CustomersQuery extends Query permits FindCustomer {}
