package emporium.contracts.depot;

import emporium.contracts.Wire;
import java.util.UUID;

/** The list waits for a bot. */
@Wire("depot.ShoppingInitiated.v1")
public record ShoppingInitiated(UUID order) implements DepotReply {}
