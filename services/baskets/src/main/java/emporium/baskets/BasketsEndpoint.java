package emporium.baskets;

import emporium.contracts.WireTypes;
import emporium.contracts.baskets.BasketsEvent;
import emporium.contracts.stores.StoresAnswer;
import emporium.contracts.stores.StoresEvent;
import emporium.contracts.stores.StoresQuery;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** All that baskets hears and says. */
@Singleton
class BasketsEndpoint {
    @Produces
    @Singleton
    @OwnedBy("baskets")
    Endpoint endpoint(Catalogue catalogue) {
        return Endpoint.named("baskets")
                .wire(WireTypes.of(BasketsEvent.class))
                .wire(WireTypes.of(StoresEvent.class, StoresQuery.class, StoresAnswer.class))
                .migrations("db/rest", "db/eventsourcing", "db/baskets")
                .eventBatches("stores", StoresEvent.class, catalogue::hear)
                .build();
    }
}
