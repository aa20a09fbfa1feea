package emporium.contracts.depot;

import emporium.contracts.Command;

/** What the depot can be asked to do. */
public sealed interface DepotCommand extends Command permits CreateShoppingList, CancelShoppingList, InitiateShopping {}
