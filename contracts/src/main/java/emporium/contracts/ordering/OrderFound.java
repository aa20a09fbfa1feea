package emporium.contracts.ordering;

/** An order as it is now: how it was created, and what has become of it, which for a new one is version 1. */
public record OrderFound(OrderCreated created, OrderChanged now) {}
