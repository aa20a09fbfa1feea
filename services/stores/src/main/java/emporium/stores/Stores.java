package emporium.stores;

import emporium.contracts.stores.StoreChanged;
import emporium.eventsourcing.Loaded;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.rest.Problem;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Changes stores: each change is recorded, shown and published in the caller's transaction. */
@Singleton
class Stores {

    private final StoresEvents events;
    private final Outbox outbox;
    private final MessageIds ids;

    Stores(StoresEvents events, @OwnedBy("stores") Outbox outbox, MessageIds ids) {
        this.events = events;
        this.outbox = outbox;
        this.ids = ids;
    }

    Loaded<Store> open(String name, String location, String reason) {
        return save(Loaded.fresh(ids.next()), Store.open(name, location), reason);
    }

    Loaded<Store> change(UUID id, Function<Store, List<StoreEvent>> decision, String reason) {
        var store = getLocked(id);
        return save(store, decision.apply(store.state()), reason);
    }

    /** Until the transaction ends nobody else changes the store or adds to its products. */
    Loaded<Store> getLocked(UUID id) {
        return events.findLocked(Store.TYPE, id).orElseThrow(() -> unknown(id));
    }

    static Problem unknown(UUID id) {
        return Problem.notFound("There is no store " + id + ".");
    }

    static StoreChanged told(Loaded<Store> store) {
        var state = store.state();
        return new StoreChanged(store.id(), store.version(), state.name(), state.location(), state.participating());
    }

    private Loaded<Store> save(Loaded<Store> before, List<StoreEvent> happened, String reason) {
        var after = events.save(Store.TYPE, before, happened, reason);
        if (!happened.isEmpty()) {
            outbox.publish(after.id(), told(after));
        }
        return after;
    }
}
