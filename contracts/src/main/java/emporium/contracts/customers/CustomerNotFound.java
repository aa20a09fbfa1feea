package emporium.contracts.customers;

import emporium.contracts.Wire;
import java.util.UUID;

/** There is no such customer. */
@Wire("customers.CustomerNotFound.v1")
public record CustomerNotFound(UUID customer) implements CustomersAnswer {}
