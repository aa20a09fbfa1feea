package emporium.contracts.stores;

import emporium.contracts.Money;
import emporium.contracts.Wire;
import java.util.UUID;

/** The product is now as told here. */
@Wire("stores.ProductChanged.v1")
public record ProductChanged(
        UUID product, long version, UUID store, String name, String description, String sku, Money price)
        implements StoresEvent {}
