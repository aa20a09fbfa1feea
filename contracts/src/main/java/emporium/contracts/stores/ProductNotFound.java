package emporium.contracts.stores;

import emporium.contracts.Wire;
import java.util.UUID;

/** There is no such product, or no longer. */
@Wire("stores.ProductNotFound.v1")
public record ProductNotFound(UUID product) implements StoresAnswer {}
