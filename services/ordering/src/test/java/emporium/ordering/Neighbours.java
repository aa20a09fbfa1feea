package emporium.ordering;

import emporium.contracts.Money;
import emporium.contracts.WireTypes;
import emporium.contracts.ordering.OrderCancelRequested;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderingCommand;
import emporium.contracts.ordering.OrderingEvent;
import emporium.contracts.ordering.OrderingReply;
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
import emporium.messaging.Received;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those whom ordering talks to, over the real broker: {@code stores} and {@code orchestrator}, played by the test. */
@Singleton
class Neighbours {
    private final Outbox stores;
    private final Outbox orchestrator;
    private final MessageIds ids;

    private final Map<UUID, ProductFound> catalogue = new ConcurrentHashMap<>();
    final List<UUID> asked = new CopyOnWriteArrayList<>();
    final List<OrderCreated> created = new CopyOnWriteArrayList<>();
    final List<OrderChanged> changed = new CopyOnWriteArrayList<>();
    final List<OrderCancelRequested> cancelRequested = new CopyOnWriteArrayList<>();
    final Map<UUID, OrderingReply> replies = new ConcurrentHashMap<>();
    volatile boolean storesAway;

    Neighbours(@OwnedBy("stores") Outbox stores, @OwnedBy("orchestrator") Outbox orchestrator, MessageIds ids) {
        this.stores = stores;
        this.orchestrator = orchestrator;
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

    /** Sends a command as the saga does; its reply will be found under the id. */
    UUID send(OrderingCommand command) {
        var id = ids.next();
        QuarkusTransaction.requiringNew().run(() -> orchestrator.send(id, ids.next(), command));
        return id;
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
    @OwnedBy("orchestrator")
    Endpoint orchestratorEndpoint(Neighbours neighbours) {
        return Endpoint.named("orchestrator")
                .wire(WireTypes.of(OrderingCommand.class, OrderingReply.class, OrderingEvent.class))
                .events("ordering", OrderingEvent.class, neighbours::hear)
                .replyBatches(OrderingReply.class, replies -> replies.forEach(neighbours::keep))
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

    private void hear(OrderingEvent event) {
        switch (event) {
            case OrderCreated order -> created.add(order);
            case OrderChanged order -> changed.add(order);
            case OrderCancelRequested order -> cancelRequested.add(order);
        }
    }

    private void keep(Received<OrderingReply> reply) {
        replies.put(reply.envelope().causationId(), reply.body());
    }
}
