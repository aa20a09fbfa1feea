package emporium.baskets;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What can happen to a basket: the events that its stream consists of. */
sealed interface BasketEvent {
    record Started(UUID customer) implements BasketEvent {}

    /** So many of a product are in the basket from now on, at what it cost at that moment. */
    record ItemSet(OrderLine line) implements BasketEvent {}

    record ItemRemoved(UUID product) implements BasketEvent {}

    /** The lines are those of the order, at the prices of that moment. */
    record CheckedOut(UUID order, UUID payment, List<OrderLine> lines, Money total) implements BasketEvent {}

    record Cancelled() implements BasketEvent {}

    record Expired(Instant untouchedSince) implements BasketEvent {}
}
