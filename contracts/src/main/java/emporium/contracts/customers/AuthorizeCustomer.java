package emporium.contracts.customers;

import emporium.contracts.Wire;
import java.util.UUID;

/** Asks whether this customer may place an order. */
@Wire("customers.AuthorizeCustomer.v1")
public record AuthorizeCustomer(UUID customer) implements CustomersCommand {}
