package emporium.ordering;

import emporium.messaging.MessageContext;
import emporium.rest.Problem;
import emporium.rest.Together;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Places orders that come at the same moment in one transaction, as a receiver handles messages: alone when little is
 * going on, up to a hundred together when much is. One that is refused harms only itself.
 */
@Singleton
class OrderIntake {
    private static final int MOST = 100;

    private final OrderDesk desk;
    private final Catalogue catalogue;
    private final Together<Wish, Outcome> together = new Together<>(MOST, this::placeAll);

    OrderIntake(OrderDesk desk, Catalogue catalogue) {
        this.desk = desk;
        this.catalogue = catalogue;
    }

    private record Wish(PlaceOrder order, MessageContext context) {}

    private record Outcome(OrderView placed, RuntimeException refusal) {}

    /**
     * Places the order in a transaction that others may share, and returns after its commit.
     *
     * @throws OwnerMayKnowBetter as {@link OrderDesk#place}
     */
    OrderView place(PlaceOrder order) {
        var outcome = together.call(new Wish(order, MessageContext.current()));
        if (outcome.refusal != null) {
            throw outcome.refusal;
        }
        return outcome.placed;
    }

    private List<Outcome> placeAll(List<Wish> wishes) {
        return QuarkusTransaction.requiringNew().call(() -> {
            var products = wishes.stream()
                    .flatMap(wish -> wish.order.products().stream())
                    .distinct()
                    .toList();
            var known = catalogue.find(products);
            return wishes.stream()
                    .map(wish -> wish.context.call(() -> outcome(wish.order, known)))
                    .toList();
        });
    }

    /** A refusal comes before anything is written; any other failure is the whole transaction's. */
    private Outcome outcome(PlaceOrder order, Map<UUID, CatalogueItem> known) {
        try {
            return new Outcome(desk.place(order, known), null);
        } catch (Problem | OwnerMayKnowBetter refusal) {
            return new Outcome(null, refusal);
        }
    }
}
