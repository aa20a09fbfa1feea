package emporium.contracts.stores;

import emporium.contracts.Wire;
import java.util.UUID;

/** The product is gone from the catalogue for good. */
@Wire("stores.ProductRemoved.v1")
public record ProductRemoved(UUID product, long version, UUID store) implements StoresEvent {}
