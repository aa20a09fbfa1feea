package emporium.customers;

import emporium.contracts.customers.AuthorizeCustomer;
import emporium.contracts.customers.CustomerAuthorized;
import emporium.contracts.customers.CustomerDisabled;
import emporium.contracts.customers.CustomerUnknown;
import emporium.contracts.customers.CustomersCommand;
import emporium.contracts.customers.CustomersReply;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Answers whether a customer may order. Changes nothing, so it may be asked as often as one likes. */
@Singleton
class CustomersCommands {

    private final Customers customers;

    CustomersCommands(Customers customers) {
        this.customers = customers;
    }

    void prefetch(List<CustomersCommand> commands) {
        customers.load(
                commands.stream().map(CustomersCommands::customerOf).distinct().toList());
    }

    CustomersReply handle(CustomersCommand command) {
        return switch (command) {
            case AuthorizeCustomer authorize -> authorize(authorize.customer());
        };
    }

    private CustomersReply authorize(UUID id) {
        return customers.findByIdOptional(id).map(CustomersCommands::answer).orElseGet(() -> new CustomerUnknown(id));
    }

    static CustomersReply answer(Customer customer) {
        return customer.mayOrder() ? new CustomerAuthorized(customer.id()) : new CustomerDisabled(customer.id());
    }

    private static UUID customerOf(CustomersCommand command) {
        return switch (command) {
            case AuthorizeCustomer authorize -> authorize.customer();
        };
    }
}
