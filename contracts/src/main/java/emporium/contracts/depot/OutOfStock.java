package emporium.contracts.depot;

import emporium.contracts.Refusal;
import emporium.contracts.Wire;
import java.util.List;
import java.util.UUID;

/** The shelves hold too little of the named products; nothing was reserved. */
@Wire("depot.OutOfStock.v1")
public record OutOfStock(UUID order, List<String> products) implements DepotReply, Refusal {
    @Override
    public String reason() {
        return "Not enough in stock of " + String.join(", ", products) + ".";
    }
}
