package emporium.ordering;

import emporium.contracts.ordering.OrderStatus;
import emporium.eventsourcing.ConcurrentChange;
import emporium.eventsourcing.Loaded;
import emporium.messaging.MessageIds;
import emporium.rest.Problem;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Takes orders, at the prices of ordering's own copy of the catalogue, and the wish to cancel them. */
@Singleton
class OrderDesk {
    private final Orders orders;
    private final OrderViews views;
    private final MessageIds ids;

    OrderDesk(Orders orders, OrderViews views, MessageIds ids) {
        this.orders = orders;
        this.views = views;
        this.ids = ids;
    }

    /**
     * What the order costs by ordering's own copy of the catalogue.
     *
     * @param known at least what the copy knows of the order's products
     * @throws OwnerMayKnowBetter if the copy would refuse a product that its owner may allow by now
     */
    Pricing price(PlaceOrder wish, Map<UUID, CatalogueItem> known) {
        var doubtful = wish.products().stream()
                .filter(product ->
                        !known.containsKey(product) || known.get(product).doubtful())
                .toList();
        if (!doubtful.isEmpty()) {
            throw new OwnerMayKnowBetter(doubtful);
        }
        return priceAsKnown(wish, known);
    }

    /** As {@link #price}, but what the copy says is the last word. */
    Pricing priceAsKnown(PlaceOrder wish, Map<UUID, CatalogueItem> known) {
        return Pricing.of(wish.items(), known);
    }

    /** Places the order as part of the caller's transaction. */
    OrderView place(PlaceOrder wish, Pricing pricing) {
        var order = ids.next();
        var created =
                new OrderChange.Created(order, wish.customerId(), wish.paymentId(), pricing.lines(), pricing.total());
        return OrderView.created(created, orders.save(Loaded.fresh(order), List.of(created)));
    }

    /**
     * Notes within the caller's transaction that the order is to be cancelled; the rest is cancel-order's.
     *
     * @throws ConcurrentChange if somebody else has changed it meanwhile
     */
    OrderView cancel(UUID id, String reason) {
        var order = orders.find(id).orElseThrow(() -> unknown(id));
        var status = order.state().status();
        if (!SemanticLock.letsCancel(status)) {
            throw Problem.conflict("The order " + id + " is " + status + " and cannot be cancelled" + because(status));
        }
        orders.save(order, order.state().requestCancel(reason), reason);
        orders.flush();
        return views.find(id).orElseThrow();
    }

    static Problem unknown(UUID id) {
        return Problem.notFound("There is no order " + id + ".");
    }

    private static String because(OrderStatus status) {
        var holder = SemanticLock.holder(status);
        return holder == null ? "." : ": the saga " + holder + " holds it.";
    }
}
