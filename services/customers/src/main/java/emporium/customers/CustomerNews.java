package emporium.customers;

import emporium.contracts.customers.CustomerChanged;
import emporium.contracts.customers.CustomerFound;
import emporium.contracts.customers.CustomerNotFound;
import emporium.contracts.customers.CustomersAnswer;
import emporium.contracts.customers.CustomersQuery;
import emporium.contracts.customers.FindCustomer;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;

/** What the others know of customers: told with every change, in its transaction, and to those who ask. */
@Singleton
class CustomerNews {

    private final Customers customers;
    private final Outbox outbox;

    CustomerNews(Customers customers, @OwnedBy("customers") Outbox outbox) {
        this.customers = customers;
        this.outbox = outbox;
    }

    void tell(Customer customer) {
        outbox.publish(customer.id(), changed(customer));
    }

    CustomersAnswer answer(CustomersQuery query) {
        return switch (query) {
            case FindCustomer find -> QuarkusTransaction.requiringNew().call(() -> find(find));
        };
    }

    private CustomersAnswer find(FindCustomer query) {
        return customers
                .findByIdOptional(query.customer())
                .<CustomersAnswer>map(customer -> new CustomerFound(changed(customer)))
                .orElseGet(() -> new CustomerNotFound(query.customer()));
    }

    private static CustomerChanged changed(Customer customer) {
        return new CustomerChanged(
                customer.id(),
                customer.version(),
                customer.name(),
                customer.email(),
                customer.smsNumber(),
                customer.mayOrder());
    }
}
