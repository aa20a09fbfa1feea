package emporium.contracts.customers;

import emporium.contracts.Wire;
import java.util.UUID;

/** The customer is now as told here. */
@Wire("customers.CustomerChanged.v1")
public record CustomerChanged(UUID customer, long version, String name, String email, String smsNumber, boolean enabled)
        implements CustomersEvent {}
