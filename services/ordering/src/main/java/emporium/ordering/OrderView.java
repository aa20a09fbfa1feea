package emporium.ordering;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order in REST.
 *
 * @param shoppingListId null until the order is approved
 * @param invoiceId null until an invoice is issued
 * @param reason why it was refused, else null
 * @param version counts the changes
 */
record OrderView(
        UUID id,
        UUID customerId,
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

    /** The order at the moment of its creation. */
    static OrderView created(OrderChange.Created order, Instant at) {
        return new OrderView(
                order.order(),
                order.customer(),
                order.payment(),
                null,
                null,
                OrderStatus.PENDING,
                null,
                order.lines().stream().map(Item::of).toList(),
                order.total(),
                at,
                at,
                1);
    }
}
