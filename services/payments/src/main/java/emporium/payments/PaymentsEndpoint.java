package emporium.payments;

import emporium.contracts.WireTypes;
import emporium.contracts.payments.PaymentsCommand;
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
    Endpoint endpoint(PaymentsCommands commands) {
        return Endpoint.named("payments")
                .wire(WireTypes.of(PaymentsCommand.class, PaymentsReply.class))
                .migrations("db/rest", "db/payments")
                .commands(PaymentsCommand.class, commands::prefetch, commands::handle)
                .build();
    }
}
