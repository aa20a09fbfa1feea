package emporium.stores;

import emporium.contracts.Money;
import emporium.eventsourcing.Loaded;
import java.util.UUID;

/** A product as REST shows it. */
record ProductView(UUID id, UUID storeId, String name, String description, String sku, Money price, long version) {

    static ProductView of(Loaded<Product> product) {
        var state = product.state();
        return new ProductView(
                product.id(),
                state.store(),
                state.name(),
                state.description(),
                state.sku(),
                state.price(),
                product.version());
    }
}
