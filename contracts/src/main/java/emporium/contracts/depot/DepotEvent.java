package emporium.contracts.depot;

import emporium.contracts.Event;

/** What the depot tells the others. */
public sealed interface DepotEvent extends Event permits ShoppingListCompleted {}
