package emporium.contracts.depot;

import emporium.contracts.Reply;

/** What the depot answers. */
public sealed interface DepotReply extends Reply
        permits ShoppingListCreated, OutOfStock, CancelledBeforehand, ShoppingListCancelled, ShoppingInitiated {}
