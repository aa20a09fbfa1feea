package emporium.contracts.customers;

import emporium.contracts.Wire;
import java.util.UUID;

/** Asks for a customer as it is now. */
@Wire("customers.FindCustomer.v1")
public record FindCustomer(UUID customer) implements CustomersQuery {}
