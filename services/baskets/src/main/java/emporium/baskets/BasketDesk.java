package emporium.baskets;

import emporium.contracts.baskets.BasketCheckedOut;
import emporium.eventsourcing.Loaded;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.rest.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Fills baskets at the catalogue's prices, and makes orders of them. */
@Singleton
class BasketDesk {
    private final Baskets baskets;
    private final Catalogue catalogue;
    private final CatalogueOwner owner;
    private final Outbox outbox;
    private final MessageIds ids;
    private final InstantSource clock;

    BasketDesk(
            Baskets baskets,
            Catalogue catalogue,
            CatalogueOwner owner,
            @OwnedBy("baskets") Outbox outbox,
            MessageIds ids,
            InstantSource clock) {
        this.baskets = baskets;
        this.catalogue = catalogue;
        this.owner = owner;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** Has a transaction of its own, because it may have to wait for the owner of the product before. */
    Loaded<Basket> put(UUID basket, UUID product, int quantity) {
        baskets.get(basket);
        owner.askForDoubtful(List.of(product));
        return QuarkusTransaction.requiringNew()
                .call(() -> baskets.change(basket, present -> {
                    var item = catalogue.find(List.of(product)).get(product);
                    if (item == null) {
                        throw Problem.notFound("There is no product " + product + ".");
                    }
                    return present.set(item.orderable().line(quantity));
                }));
    }

    /** What takes time before a check-out. Must not be called inside a transaction. */
    void prepareCheckOut(UUID basket) {
        owner.askForDoubtful(baskets.get(basket).state().products());
    }

    /** Makes an order of the basket as part of the caller's transaction; returns its id. */
    UUID checkOut(UUID id, UUID payment) {
        var basket = baskets.change(
                id, present -> present.checkOut(ids.next(), payment, catalogue.find(present.products())));
        var order = basket.state().order();
        outbox.publish(order, told(basket));
        return order;
    }

    private BasketCheckedOut told(Loaded<Basket> basket) {
        var state = basket.state();
        var pricing = Pricing.of(state.lines());
        return new BasketCheckedOut(
                basket.id(),
                state.order(),
                state.customer(),
                state.payment(),
                pricing.lines(),
                pricing.total(),
                clock.instant());
    }
}
