package emporium.baskets;

import emporium.contracts.Money;
import emporium.contracts.WireTypes;
import emporium.contracts.baskets.BasketCheckedOut;
import emporium.contracts.baskets.BasketsEvent;
import emporium.contracts.stores.FindProduct;
import emporium.contracts.stores.ProductChanged;
import emporium.contracts.stores.ProductFound;
import emporium.contracts.stores.ProductNotFound;
import emporium.contracts.stores.StoreChanged;
import emporium.contracts.stores.StoresAnswer;
import emporium.contracts.stores.StoresEvent;
import emporium.contracts.stores.StoresQuery;
import emporium.messaging.Endpoint;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those whom baskets talks to, over the real broker: {@code stores} and {@code ordering}, played by the test. */
@Singleton
class Neighbours {
    private final Outbox stores;
    private final MessageIds ids;

    private final Map<UUID, ProductFound> catalogue = new ConcurrentHashMap<>();
    final List<UUID> asked = new CopyOnWriteArrayList<>();
    final List<BasketCheckedOut> checkedOut = new CopyOnWriteArrayList<>();
    volatile boolean storesAway;

    Neighbours(@OwnedBy("stores") Outbox stores, MessageIds ids) {
        this.stores = stores;
        this.ids = ids;
    }

    /** What stores answers from now on, without an event having told of it. */
    ProductFound has(String name, long amount, String currency, boolean participating) {
        var store = new StoreChanged(ids.next(), 1, "The store of " + name, "Level 1", participating);
        var price = new Money(amount, currency);
        var product = new ProductChanged(ids.next(), 1, store.store(), name, "", "SKU", price);
        return has(new ProductFound(product, store));
    }

    ProductFound has(ProductFound product) {
        catalogue.put(product.product().product(), product);
        return product;
    }

    void publish(UUID key, StoresEvent event) {
        QuarkusTransaction.requiringNew().run(() -> stores.publish(key, event));
    }

    @Produces
    @Singleton
    @OwnedBy("stores")
    Endpoint storesEndpoint(Neighbours neighbours) {
        return Endpoint.named("stores")
                .wire(WireTypes.of(StoresEvent.class, StoresQuery.class, StoresAnswer.class))
                .queries(StoresQuery.class, neighbours::answer)
                .build();
    }

    @Produces
    @Singleton
    @OwnedBy("ordering")
    Endpoint orderingEndpoint(Neighbours neighbours) {
        return Endpoint.named("ordering")
                .wire(WireTypes.of(BasketsEvent.class))
                .events("baskets", BasketsEvent.class, neighbours::hear)
                .build();
    }

    private StoresAnswer answer(StoresQuery query) {
        return switch (query) {
            case FindProduct find -> {
                asked.add(find.product());
                if (storesAway) {
                    throw new IllegalStateException("stores is away");
                }
                var found = catalogue.get(find.product());
                yield found == null ? new ProductNotFound(find.product()) : found;
            }
        };
    }

    private void hear(BasketsEvent event) {
        switch (event) {
            case BasketCheckedOut order -> checkedOut.add(order);
        }
    }
}
