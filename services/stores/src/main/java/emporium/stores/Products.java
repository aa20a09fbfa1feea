package emporium.stores;

import emporium.contracts.stores.ProductChanged;
import emporium.contracts.stores.ProductRemoved;
import emporium.contracts.stores.StoresEvent;
import emporium.eventsourcing.Loaded;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.rest.Problem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Changes products: each change is recorded, shown and published in the caller's transaction. */
@Singleton
class Products {

    private final StoresEvents events;
    private final Stores stores;
    private final Catalog catalog;
    private final Outbox outbox;
    private final MessageIds ids;

    Products(StoresEvents events, Stores stores, Catalog catalog, @OwnedBy("stores") Outbox outbox, MessageIds ids) {
        this.events = events;
        this.stores = stores;
        this.catalog = catalog;
        this.outbox = outbox;
        this.ids = ids;
    }

    Loaded<Product> add(UUID store, String sku, List<ProductEvent> added, String reason) {
        // Whoever adds to the same store waits here, so that the look at the sku is not out of date.
        stores.getLocked(store);
        if (catalog.has(store, sku)) {
            throw Problem.conflict("Store %s already sells a product with the sku %s.".formatted(store, sku));
        }
        return save(Loaded.fresh(ids.next()), added, reason);
    }

    Loaded<Product> change(UUID id, Function<Product, List<ProductEvent>> decision, String reason) {
        var product = events.findLocked(Product.TYPE, id)
                .filter(found -> !found.state().removed())
                .orElseThrow(() -> unknown(id));
        return save(product, decision.apply(product.state()), reason);
    }

    static Problem unknown(UUID id) {
        return Problem.notFound("There is no product " + id + ".");
    }

    static Problem unknownAt(UUID id, Instant time) {
        return Problem.notFound("There was no product %s at %s.".formatted(id, time));
    }

    static ProductChanged told(Loaded<Product> product) {
        var state = product.state();
        return new ProductChanged(
                product.id(),
                product.version(),
                state.store(),
                state.name(),
                state.description(),
                state.sku(),
                state.price());
    }

    private Loaded<Product> save(Loaded<Product> before, List<ProductEvent> happened, String reason) {
        var after = events.save(Product.TYPE, before, happened, reason);
        if (!happened.isEmpty()) {
            outbox.publish(after.id(), message(after));
        }
        return after;
    }

    private static StoresEvent message(Loaded<Product> product) {
        return product.state().removed()
                ? new ProductRemoved(
                        product.id(), product.version(), product.state().store())
                : told(product);
    }
}
