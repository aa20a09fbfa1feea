package emporium.search;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order as a search finds it.
 *
 * @param customerName null until it is known, or if there is no such customer
 * @param items with the names of the time of the order; empty for a moment if a change was heard of before the creation
 */
record OrderView(
        UUID id,
        UUID customerId,
        String customerName,
        UUID paymentId,
        UUID shoppingListId,
        UUID invoiceId,
        OrderStatus status,
        String reason,
        List<Item> items,
        Money total,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    record Item(UUID productId, String productName, UUID storeId, String storeName, Money price, int quantity) {
        static Item of(OrderLine line) {
            return new Item(
                    line.product(), line.productName(), line.store(), line.storeName(), line.price(), line.quantity());
        }
    }
}
