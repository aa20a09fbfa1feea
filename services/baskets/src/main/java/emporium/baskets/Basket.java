package emporium.baskets;

import static emporium.baskets.BasketStatus.CANCELLED;
import static emporium.baskets.BasketStatus.CHECKED_OUT;
import static emporium.baskets.BasketStatus.EXPIRED;
import static emporium.baskets.BasketStatus.OPEN;

import emporium.baskets.BasketEvent.Cancelled;
import emporium.baskets.BasketEvent.CheckedOut;
import emporium.baskets.BasketEvent.Expired;
import emporium.baskets.BasketEvent.ItemRemoved;
import emporium.baskets.BasketEvent.ItemSet;
import emporium.baskets.BasketEvent.Started;
import emporium.contracts.ordering.OrderLine;
import emporium.eventsourcing.AggregateType;
import emporium.rest.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A basket as its history tells it.
 *
 * @param lines in the order in which they came, each product once
 * @param order null until the check-out, as is the payment
 */
record Basket(UUID customer, BasketStatus status, List<OrderLine> lines, UUID order, UUID payment) {

    static final int MOST_LINES = 100;

    static final AggregateType<Basket, BasketEvent> TYPE = AggregateType.named(
                    "basket", BasketEvent.class, Basket::after)
            .event("BasketStarted", 1, Started.class)
            .event("BasketItemSet", 1, ItemSet.class)
            .event("BasketItemRemoved", 1, ItemRemoved.class)
            .event("BasketCheckedOut", 1, CheckedOut.class)
            .event("BasketCancelled", 1, Cancelled.class)
            .event("BasketExpired", 1, Expired.class)
            .snapshotEvery(50, Basket.class, 1)
            .build();

    static Basket after(Basket before, BasketEvent event) {
        return switch (event) {
            case Started s -> new Basket(s.customer(), OPEN, List.of(), null, null);
            case ItemSet i -> before.with(before.linesWith(i.line()));
            case ItemRemoved r -> before.with(before.linesWithout(r.product()));
            case CheckedOut c -> new Basket(before.customer, CHECKED_OUT, c.lines(), c.order(), c.payment());
            case Cancelled() -> before.closed(CANCELLED);
            case Expired e -> before.closed(EXPIRED);
        };
    }

    /** Nothing happens when the basket has exactly this line already. */
    List<BasketEvent> set(OrderLine line) {
        requireOpen();
        if (lines.contains(line)) {
            return List.of();
        }
        var changed = linesWith(line);
        if (changed.size() > MOST_LINES) {
            throw Problem.refused("A basket holds at most " + MOST_LINES + " different products.");
        }
        Pricing.of(changed); // refuses what could never be paid
        return List.of(new ItemSet(line));
    }

    List<BasketEvent> remove(UUID product) {
        requireOpen();
        return holds(product) ? List.of(new ItemRemoved(product)) : List.of();
    }

    /** The order gets the catalogue's prices of this moment, not those at which the items were put in. */
    List<BasketEvent> checkOut(UUID newOrder, UUID withPayment, Map<UUID, CatalogueItem> catalogue) {
        requireOpen();
        if (lines.isEmpty()) {
            throw Problem.conflict("The basket is empty.");
        }
        var pricing =
                Pricing.of(lines.stream().map(line -> anew(line, catalogue)).toList());
        return List.of(new CheckedOut(newOrder, withPayment, pricing.lines(), pricing.total()));
    }

    List<BasketEvent> cancel() {
        requireOpen();
        return List.of(new Cancelled());
    }

    /** Nothing happens when somebody was faster. */
    List<BasketEvent> expire(Instant untouchedSince) {
        return status == OPEN ? List.of(new Expired(untouchedSince)) : List.of();
    }

    List<UUID> products() {
        return lines.stream().map(OrderLine::product).toList();
    }

    private static OrderLine anew(OrderLine line, Map<UUID, CatalogueItem> catalogue) {
        var item = catalogue.get(line.product());
        if (item == null || item.removed()) {
            throw Problem.refused("The product %s (%s) is no longer in the catalogue. Take it out of the basket first."
                    .formatted(line.productName(), line.product()));
        }
        return item.orderable().line(line.quantity());
    }

    private void requireOpen() {
        if (status != OPEN) {
            throw Problem.conflict("The basket is " + status + " and cannot be changed any more.");
        }
    }

    private boolean holds(UUID product) {
        return lines.stream().anyMatch(line -> line.product().equals(product));
    }

    private List<OrderLine> linesWith(OrderLine line) {
        if (!holds(line.product())) {
            var longer = new ArrayList<>(lines);
            longer.add(line);
            return List.copyOf(longer);
        }
        return lines.stream()
                .map(present -> present.product().equals(line.product()) ? line : present)
                .toList();
    }

    private List<OrderLine> linesWithout(UUID product) {
        return lines.stream().filter(line -> !line.product().equals(product)).toList();
    }

    private Basket with(List<OrderLine> newLines) {
        return new Basket(customer, status, newLines, order, payment);
    }

    private Basket closed(BasketStatus end) {
        return new Basket(customer, end, lines, order, payment);
    }
}
