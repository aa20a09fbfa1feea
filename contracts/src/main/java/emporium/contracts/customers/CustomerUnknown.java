package emporium.contracts.customers;

import emporium.contracts.Refusal;
import emporium.contracts.Wire;
import java.util.UUID;

/** No such customer was ever registered. */
@Wire("customers.CustomerUnknown.v1")
public record CustomerUnknown(UUID customer) implements CustomersReply, Refusal {
    @Override
    public String reason() {
        return "There is no customer " + customer + ".";
    }
}
