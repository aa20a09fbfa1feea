package emporium.contracts.depot;

import emporium.contracts.Refusal;
import emporium.contracts.Wire;
import java.util.UUID;

/** The order's cancel came before this create; nothing was reserved, and no list will be opened. */
@Wire("depot.CancelledBeforehand.v1")
public record CancelledBeforehand(UUID order) implements DepotReply, Refusal {
    @Override
    public String reason() {
        return "The order was cancelled.";
    }
}
