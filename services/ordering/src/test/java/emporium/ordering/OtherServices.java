package emporium.ordering;

import emporium.contracts.WireTypes;
import emporium.contracts.baskets.BasketsEvent;
import emporium.contracts.depot.DepotEvent;
import emporium.contracts.payments.PaymentsEvent;
import emporium.messaging.Endpoint;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Those whom ordering listens to, over the real broker: baskets, depot and payments, played by the test. */
@Singleton
class OtherServices {
    private final Outbox baskets;
    private final Outbox depot;
    private final Outbox payments;

    OtherServices(
            @OwnedBy("baskets") Outbox baskets, @OwnedBy("depot") Outbox depot, @OwnedBy("payments") Outbox payments) {
        this.baskets = baskets;
        this.depot = depot;
        this.payments = payments;
    }

    void publish(UUID order, BasketsEvent event) {
        QuarkusTransaction.requiringNew().run(() -> baskets.publish(order, event));
    }

    void publish(UUID order, DepotEvent event) {
        QuarkusTransaction.requiringNew().run(() -> depot.publish(order, event));
    }

    void publish(UUID order, PaymentsEvent event) {
        QuarkusTransaction.requiringNew().run(() -> payments.publish(order, event));
    }

    @Produces
    @Singleton
    @OwnedBy("baskets")
    static Endpoint baskets() {
        return Endpoint.named("baskets").wire(WireTypes.of(BasketsEvent.class)).build();
    }

    @Produces
    @Singleton
    @OwnedBy("depot")
    static Endpoint depot() {
        return Endpoint.named("depot").wire(WireTypes.of(DepotEvent.class)).build();
    }

    @Produces
    @Singleton
    @OwnedBy("payments")
    static Endpoint payments() {
        return Endpoint.named("payments")
                .wire(WireTypes.of(PaymentsEvent.class))
                .build();
    }
}
