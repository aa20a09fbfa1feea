package emporium.contracts.stores;

import emporium.contracts.Event;

/** What the stores service tells the others: always the full state with its version, so that an old or repeated event changes nothing. */
public sealed interface StoresEvent extends Event permits StoreChanged, ProductChanged, ProductRemoved {}
