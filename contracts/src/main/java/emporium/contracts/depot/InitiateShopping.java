package emporium.contracts.depot;

import emporium.contracts.Wire;
import java.util.UUID;

/** Offers the order's list to the bots. */
@Wire("depot.InitiateShopping.v1")
public record InitiateShopping(UUID order) implements DepotCommand {}
