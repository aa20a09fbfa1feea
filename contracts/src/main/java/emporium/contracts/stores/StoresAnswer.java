package emporium.contracts.stores;

import emporium.contracts.Answer;

/** What the stores service answers to a query. */
public sealed interface StoresAnswer extends Answer permits ProductFound, ProductNotFound {}
