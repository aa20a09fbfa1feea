package emporium.depot;

import emporium.contracts.WireTypes;
import emporium.contracts.depot.DepotCommand;
import emporium.contracts.depot.DepotEvent;
import emporium.contracts.depot.DepotReply;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** All that the depot hears and says. */
@Singleton
class DepotEndpoint {

    @Produces
    @Singleton
    @OwnedBy("depot")
    Endpoint endpoint(DepotCommands commands) {
        return Endpoint.named("depot")
                .wire(WireTypes.of(DepotCommand.class, DepotReply.class, DepotEvent.class))
                .migrations("db/rest", "db/depot")
                .commands(DepotCommand.class, commands::prefetch, commands::handle)
                .build();
    }
}
