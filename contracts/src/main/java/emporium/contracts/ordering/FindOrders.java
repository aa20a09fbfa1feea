package emporium.contracts.ordering;

import emporium.contracts.Wire;
import java.util.UUID;

/** Asks for orders as they are now, in the order of their ids: those after the given one, and at most so many. */
@Wire("ordering.FindOrders.v1")
public record FindOrders(UUID after, int limit) implements OrderingQuery {}
