package emporium.customers;

import emporium.contracts.WireTypes;
import emporium.contracts.customers.CustomersAnswer;
import emporium.contracts.customers.CustomersCommand;
import emporium.contracts.customers.CustomersEvent;
import emporium.contracts.customers.CustomersQuery;
import emporium.contracts.customers.CustomersReply;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the customers service hears and says. */
@Singleton
class CustomersEndpoint {

    @Produces
    @Singleton
    @OwnedBy("customers")
    Endpoint endpoint(CustomersCommands commands, CustomerNews news) {
        return Endpoint.named("customers")
                .wire(WireTypes.of(CustomersCommand.class, CustomersReply.class, CustomersEvent.class))
                .wire(WireTypes.of(CustomersQuery.class, CustomersAnswer.class))
                .migrations("db/rest", "db/customers")
                .commands(CustomersCommand.class, commands::prefetch, commands::handle)
                .queries(CustomersQuery.class, news::answer)
                .build();
    }
}
