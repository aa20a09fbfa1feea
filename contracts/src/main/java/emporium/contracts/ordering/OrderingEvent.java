package emporium.contracts.ordering;

import emporium.contracts.Event;

/** What the ordering service tells the others. */
public sealed interface OrderingEvent extends Event permits OrderCreated, OrderChanged, OrderCancelRequested {}
