package emporium.notifications;

import emporium.contracts.WireTypes;
import emporium.contracts.customers.CustomersAnswer;
import emporium.contracts.customers.CustomersEvent;
import emporium.contracts.customers.CustomersQuery;
import emporium.contracts.ordering.OrderingEvent;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import emporium.messaging.Received;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** All that notifications hears; it says nothing to other services. */
@Singleton
class NotificationsEndpoint {
    @Produces
    @Singleton
    @OwnedBy("notifications")
    Endpoint endpoint(Deliveries deliveries, Addressees addressees) {
        return Endpoint.named("notifications")
                .wire(WireTypes.of(OrderingEvent.class))
                .wire(WireTypes.of(CustomersEvent.class, CustomersQuery.class, CustomersAnswer.class))
                .migrations("db/rest", "db/notifications")
                .eventBatches("ordering", OrderingEvent.class, batch -> deliveries.plan(notices(batch)))
                .eventBatches(
                        "customers",
                        CustomersEvent.class,
                        batch -> addressees.take(
                                batch.stream().map(Received::body).toList()))
                .build();
    }

    private static List<Notice> notices(List<Received<OrderingEvent>> events) {
        return events.stream().map(Notice::of).flatMap(Optional::stream).toList();
    }
}
