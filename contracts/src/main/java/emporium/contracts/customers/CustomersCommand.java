package emporium.contracts.customers;

import emporium.contracts.Command;

/** What the customers service can be asked to do. */
public sealed interface CustomersCommand extends Command permits AuthorizeCustomer {}
