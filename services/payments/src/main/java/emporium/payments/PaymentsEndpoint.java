package emporium.payments;

import emporium.contracts.WireTypes;
import emporium.contracts.ordering.OrderingEvent;
import emporium.contracts.payments.PaymentsCommand;
import emporium.contracts.payments.PaymentsEvent;
import emporium.contracts.payments.PaymentsReply;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the payments service hears and says. */
@Singleton
class PaymentsEndpoint {

    @Produces
    @Singleton
    @OwnedBy("payments")
    Endpoint endpoint(PaymentsCommands commands, OrderingEvents orders) {
        return Endpoint.named("payments")
                .wire(WireTypes.of(PaymentsCommand.class, PaymentsReply.class, PaymentsEvent.class))
                .wire(WireTypes.of(OrderingEvent.class))
                .migrations("db/rest", "db/payments")
                .commands(PaymentsCommand.class, commands::prefetch, commands::handle)
                .interest("ordering", OrderingEvent.class, OrderingEvents::isReady)
                .events("ordering", OrderingEvent.class, orders::prefetch, orders::handle)
                .build();
    }
}
