package emporium.ordering;

import emporium.messaging.MessageContext;
import emporium.rest.Answer;
import emporium.rest.Idempotency;
import emporium.rest.KeyUse;
import emporium.rest.Problem;
import emporium.rest.Together;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Idempotency idempotency;
    private final Together<Wish, Outcome> together = new Together<>(MOST, this::placeAll);

    OrderIntake(OrderDesk desk, Catalogue catalogue, Idempotency idempotency) {
        this.desk = desk;
        this.catalogue = catalogue;
        this.idempotency = idempotency;
    }

    private record Wish(PlaceOrder order, boolean asKnown, Optional<KeyUse> use, MessageContext context) {}

    /** A wish that can be fulfilled, or why it cannot. */
    private record Priced(Wish wish, Pricing pricing, RuntimeException refusal) {}

    /** Neither, when a twin has the key. */
    private record Outcome(OrderView placed, RuntimeException refusal) {}

    /**
     * Places the order in a transaction that others may share, and returns after its commit; empty when another request
     * with this key has placed it.
     *
     * @throws OwnerMayKnowBetter as {@link OrderDesk#price}
     */
    Optional<OrderView> place(PlaceOrder order, Optional<KeyUse> use) {
        return place(new Wish(order, false, use, MessageContext.current()));
    }

    /** As {@link #place}, but what the copy of the catalogue says is the last word. */
    Optional<OrderView> placeAsKnown(PlaceOrder order, Optional<KeyUse> use) {
        return place(new Wish(order, true, use, MessageContext.current()));
    }

    private Optional<OrderView> place(Wish wish) {
        var outcome = together.call(wish);
        if (outcome.refusal != null) {
            throw outcome.refusal;
        }
        return Optional.ofNullable(outcome.placed);
    }

    /** Refusals come before anything is written; any other failure is the whole transaction's. */
    private List<Outcome> placeAll(List<Wish> wishes) {
        return QuarkusTransaction.requiringNew().call(() -> {
            var known = catalogue.find(products(wishes));
            var priced = wishes.stream().map(wish -> price(wish, known)).toList();
            // Of each key one is left, for whoever is its first.
            var first = new ArrayList<>(idempotency.take(priced.stream()
                    .filter(wish -> wish.refusal == null)
                    .flatMap(wish -> wish.wish.use.stream())
                    .toList()));
            var outcomes = priced.stream().map(wish -> place(wish, first)).toList();
            idempotency.keep(answers(wishes, outcomes));
            return outcomes;
        });
    }

    private static List<UUID> products(List<Wish> wishes) {
        return wishes.stream()
                .flatMap(wish -> wish.order.products().stream())
                .distinct()
                .toList();
    }

    private Priced price(Wish wish, Map<UUID, CatalogueItem> known) {
        try {
            var pricing = wish.asKnown ? desk.priceAsKnown(wish.order, known) : desk.price(wish.order, known);
            return new Priced(wish, pricing, null);
        } catch (Problem | OwnerMayKnowBetter refusal) {
            return new Priced(wish, null, refusal);
        }
    }

    private Outcome place(Priced priced, List<KeyUse> first) {
        var wish = priced.wish;
        if (priced.refusal != null || wish.use.isPresent() && !first.remove(wish.use.get())) {
            return new Outcome(null, priced.refusal);
        }
        return new Outcome(wish.context.call(() -> desk.place(wish.order, priced.pricing)), null);
    }

    private static Map<KeyUse, Answer> answers(List<Wish> wishes, List<Outcome> outcomes) {
        var answers = new LinkedHashMap<KeyUse, Answer>();
        for (var i = 0; i < wishes.size(); i++) {
            var placed = outcomes.get(i).placed;
            if (placed != null) {
                wishes.get(i).use.ifPresent(use -> answers.put(use, placed.accepted()));
            }
        }
        return answers;
    }
}
