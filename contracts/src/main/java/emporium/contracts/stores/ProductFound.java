package emporium.contracts.stores;

import emporium.contracts.Wire;

/** The product and its store as they are now. */
@Wire("stores.ProductFound.v1")
public record ProductFound(ProductChanged product, StoreChanged store) implements StoresAnswer {}
