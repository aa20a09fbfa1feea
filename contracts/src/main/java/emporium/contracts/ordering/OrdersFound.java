package emporium.contracts.ordering;

import emporium.contracts.Wire;
import java.util.List;

/** Some orders as they are now; it may be fewer than were asked for when they are long, but none only if there are none. */
@Wire("ordering.OrdersFound.v1")
public record OrdersFound(List<OrderFound> orders) implements OrderingAnswer {}
