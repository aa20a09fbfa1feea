package emporium.contracts.customers;

import emporium.contracts.Wire;
import java.util.UUID;

/** The customer is known and enabled. */
@Wire("customers.CustomerAuthorized.v1")
public record CustomerAuthorized(UUID customer) implements CustomersReply {}
