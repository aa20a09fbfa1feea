package emporium.contracts.baskets;

import emporium.contracts.Event;

/** What the baskets service tells the others. */
public sealed interface BasketsEvent extends Event permits BasketCheckedOut {}
