package emporium.search;

import emporium.contracts.ordering.OrderStatus;
import java.time.Instant;
import java.util.UUID;

/**
 * What to search for; null where it does not matter. All that is given must hold.
 *
 * @param q words, all of which must be in the names of the order; quotes, {@code or} and {@code -} as on the web
 * @param after created then or later
 * @param before created earlier
 * @param minTotal in minor units, whatever the currency
 */
record Filters(
        UUID customerId,
        OrderStatus status,
        UUID storeId,
        UUID productId,
        String q,
        Instant after,
        Instant before,
        Long minTotal,
        Long maxTotal) {

    static final Filters NONE = new Filters(null, null, null, null, null, null, null, null, null);

    /** What {@link #q} asks for, or null if it asks for nothing. */
    String words() {
        return q == null || q.isBlank() ? null : q;
    }
}
