package emporium.stores;

import emporium.eventsourcing.Loaded;
import java.util.UUID;

/** A store as REST shows it. */
record StoreView(UUID id, String name, String location, boolean participating, long version) {

    static StoreView of(Loaded<Store> store) {
        var state = store.state();
        return new StoreView(store.id(), state.name(), state.location(), state.participating(), store.version());
    }
}
