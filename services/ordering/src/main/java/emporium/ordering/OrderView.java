package emporium.ordering;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderStatus;
import emporium.rest.Answer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order in REST.
 *
 * @param shoppingListId null until the order is approved
 * @param invoiceId null until an invoice is issued
 * @param reason why it was refused or is cancelled, else null
 * @param heldBy the saga that holds it, else null: see {@link SemanticLock}
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
        String heldBy,
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
        return of(Order.after(null, order), 1, at, at);
    }

    static OrderView of(Order order, long version, Instant createdAt, Instant updatedAt) {
        return new OrderView(
                order.id(),
                order.customer(),
                order.payment(),
                order.shoppingList(),
                order.invoice(),
                order.status(),
                order.reason(),
                SemanticLock.holder(order.status()),
                order.lines().stream().map(Item::of).toList(),
                order.total(),
                createdAt,
                updatedAt,
                version);
    }

    /** What its client is answered while its saga has not decided yet. */
    Answer accepted() {
        return Answer.accepted("/api/orders/" + id, this);
    }

    /** Whether nothing will happen to it any more. */
    boolean ended() {
        return switch (status) {
            case COMPLETED, REJECTED, CANCELLED -> true;
            case PENDING, APPROVED, READY, CANCELLING -> false;
        };
    }

    /** The order after each of its changes, the first one first. */
    static List<OrderView> each(List<OrderMoment> story) {
        return story.stream().map(moment -> of(moment, story.getFirst())).toList();
    }

    private static OrderView of(OrderMoment moment, OrderMoment first) {
        return of(moment.order(), moment.event().version(), at(first), at(moment));
    }

    private static Instant at(OrderMoment moment) {
        return moment.event().metadata().occurredAt();
    }
}
