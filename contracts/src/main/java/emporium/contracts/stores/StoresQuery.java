package emporium.contracts.stores;

import emporium.contracts.Query;

/** What the stores service can be asked. */
public sealed interface StoresQuery extends Query permits FindProduct {}
