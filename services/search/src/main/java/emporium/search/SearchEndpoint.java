package emporium.search;

import emporium.contracts.WireTypes;
import emporium.contracts.customers.CustomersAnswer;
import emporium.contracts.customers.CustomersEvent;
import emporium.contracts.customers.CustomersQuery;
import emporium.contracts.ordering.OrderingAnswer;
import emporium.contracts.ordering.OrderingEvent;
import emporium.contracts.ordering.OrderingQuery;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import emporium.messaging.Received;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** All that search hears; it says nothing to other services. */
@Singleton
class SearchEndpoint {
    @Produces
    @Singleton
    @OwnedBy("search")
    Endpoint endpoint(OrderIndex orders, Customers customers) {
        return Endpoint.named("search")
                .wire(WireTypes.of(OrderingEvent.class, OrderingQuery.class, OrderingAnswer.class))
                .wire(WireTypes.of(CustomersEvent.class, CustomersQuery.class, CustomersAnswer.class))
                .migrations("db/rest", "db/search")
                .eventBatches("ordering", OrderingEvent.class, batch -> orders.take(bodies(batch)))
                .eventBatches("customers", CustomersEvent.class, batch -> customers.take(bodies(batch)))
                .build();
    }

    private static <E> List<E> bodies(List<Received<E>> batch) {
        return batch.stream().map(Received::body).toList();
    }
}
