package emporium.stores;

import emporium.eventsourcing.Loaded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A store in the read model <em>mall</em>. */
@Entity(name = "StoresMallRow")
@Table(schema = "stores", name = "mall")
class MallRow {

    @Id
    private UUID id;

    private long version;
    private String name;
    private String location;
    private boolean participating;

    protected MallRow() {}

    MallRow(UUID id) {
        this.id = id;
    }

    Loaded<Store> store() {
        return new Loaded<>(id, version, state());
    }

    /** Null before the store is opened. */
    Store state() {
        return version == 0 ? null : new Store(name, location, participating);
    }

    void become(Store store, long newVersion) {
        version = newVersion;
        name = store.name();
        location = store.location();
        participating = store.participating();
    }
}
