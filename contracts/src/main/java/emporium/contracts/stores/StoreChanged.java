package emporium.contracts.stores;

import emporium.contracts.Wire;
import java.util.UUID;

/** The store is now as told here. */
@Wire("stores.StoreChanged.v1")
public record StoreChanged(UUID store, long version, String name, String location, boolean participating)
        implements StoresEvent {}
