package emporium.ordering;

import emporium.contracts.ordering.OrderCreated;
import emporium.eventsourcing.Loaded;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import jakarta.inject.Singleton;
import java.util.List;

/** Takes orders: prices them from ordering's own copy of the catalogue, and tells the others of them. */
@Singleton
class OrderDesk {
    private final Catalogue catalogue;
    private final Orders orders;
    private final Outbox outbox;
    private final MessageIds ids;

    OrderDesk(Catalogue catalogue, Orders orders, @OwnedBy("ordering") Outbox outbox, MessageIds ids) {
        this.catalogue = catalogue;
        this.orders = orders;
        this.outbox = outbox;
        this.ids = ids;
    }

    /**
     * Places the order as part of the caller's transaction.
     *
     * @throws OwnerMayKnowBetter if the copy would refuse a product that its owner may allow by now
     */
    OrderView place(PlaceOrder wish) {
        var known = catalogue.find(wish.products());
        var doubtful = wish.products().stream()
                .filter(product ->
                        !known.containsKey(product) || known.get(product).doubtful())
                .toList();
        if (!doubtful.isEmpty()) {
            throw new OwnerMayKnowBetter(doubtful);
        }
        return create(wish, Pricing.of(wish.items(), known));
    }

    /** As {@link #place}, but what the copy says is the last word. */
    OrderView placeAsKnown(PlaceOrder wish) {
        return create(wish, Pricing.of(wish.items(), catalogue.find(wish.products())));
    }

    private OrderView create(PlaceOrder wish, Pricing pricing) {
        var order = ids.next();
        var created =
                new OrderChange.Created(order, wish.customerId(), wish.paymentId(), pricing.lines(), pricing.total());
        var at = orders.save(Loaded.fresh(order), List.of(created));
        outbox.publish(
                order,
                new OrderCreated(order, created.customer(), created.payment(), created.lines(), created.total(), at));
        return OrderView.created(created, at);
    }
}
