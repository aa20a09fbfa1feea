package emporium.contracts.baskets;

import emporium.contracts.Money;
import emporium.contracts.Wire;
import emporium.contracts.ordering.OrderLine;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A basket was checked out: the order of this id is to be created from it. */
@Wire("baskets.BasketCheckedOut.v1")
public record BasketCheckedOut(
        UUID basket, UUID order, UUID customer, UUID payment, List<OrderLine> lines, Money total, Instant at)
        implements BasketsEvent {}
