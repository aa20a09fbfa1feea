package emporium.contracts.customers;

import emporium.contracts.Refusal;
import emporium.contracts.Wire;
import java.util.UUID;

/** The customer is known but may not order at present. */
@Wire("customers.CustomerDisabled.v1")
public record CustomerDisabled(UUID customer) implements CustomersReply, Refusal {
    @Override
    public String reason() {
        return "The customer " + customer + " is disabled.";
    }
}
