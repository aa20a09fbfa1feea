package emporium.ordering;

import emporium.rest.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** The body of {@code POST /api/orders}. It names products and never prices: those are the catalogue's. */
record PlaceOrder(
        @NotNull UUID customerId,
        @NotNull UUID paymentId,

        @NotNull @Size(min = 1, max = 100, message = "must have 1 to 100 entries")
        List<@NotNull @Valid Item> items) {

    record Item(
            @NotNull UUID productId,
            @NotNull @Min(1) @Max(10_000) Integer quantity) {}

    List<UUID> products() {
        return items.stream().map(Item::productId).toList();
    }

    /** Two lines of one product are more likely a mistake of the client than a wish, so they are not added up. */
    void refuseRepeatedProducts() {
        var seen = new HashSet<UUID>();
        for (int i = 0; i < items.size(); i++) {
            if (!seen.add(items.get(i).productId())) {
                throw Problem.badInput("items[" + i + "].productId", "names a product a second time");
            }
        }
    }
}
