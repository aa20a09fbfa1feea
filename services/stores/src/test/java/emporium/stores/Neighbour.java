package emporium.stores;

import emporium.contracts.WireTypes;
import emporium.contracts.stores.StoresAnswer;
import emporium.contracts.stores.StoresEvent;
import emporium.contracts.stores.StoresQuery;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another service, which hears what the stores say. */
@Singleton
class Neighbour {

    private final List<StoresEvent> heard = new CopyOnWriteArrayList<>();

    @Produces
    @Singleton
    @OwnedBy("neighbour")
    Endpoint endpoint() {
        return Endpoint.named("neighbour")
                .wire(WireTypes.of(StoresEvent.class, StoresQuery.class, StoresAnswer.class))
                .events("stores", StoresEvent.class, heard::add)
                .build();
    }

    List<StoresEvent> heard() {
        return heard;
    }
}
