package emporium.contracts.stores;

import emporium.contracts.Wire;
import java.util.UUID;

/** Asks for a product and its store as they are now. */
@Wire("stores.FindProduct.v1")
public record FindProduct(UUID product) implements StoresQuery {}
