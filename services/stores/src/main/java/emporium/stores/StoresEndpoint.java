package emporium.stores;

import emporium.contracts.WireTypes;
import emporium.contracts.stores.StoresAnswer;
import emporium.contracts.stores.StoresEvent;
import emporium.contracts.stores.StoresQuery;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** All that the stores service hears and says. */
@Singleton
class StoresEndpoint {

    @Produces
    @Singleton
    @OwnedBy("stores")
    Endpoint endpoint(StoresQueries queries) {
        return Endpoint.named("stores")
                .wire(WireTypes.of(StoresEvent.class, StoresQuery.class, StoresAnswer.class))
                .migrations("db/rest", "db/eventsourcing", "db/stores")
                .queries(StoresQuery.class, queries::answer)
                .build();
    }
}
