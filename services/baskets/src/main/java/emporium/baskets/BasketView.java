package emporium.baskets;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import emporium.eventsourcing.Loaded;
import java.util.List;
import java.util.UUID;

/**
 * A basket in REST.
 *
 * @param total null when there is nothing in it, and so no currency
 * @param orderId null until it is checked out, as is the payment
 * @param version counts the changes
 */
record BasketView(
        UUID id,
        UUID customerId,
        BasketStatus status,
        List<Item> items,
        Money total,
        UUID orderId,
        UUID paymentId,
        long version) {

    record Item(UUID productId, String productName, UUID storeId, String storeName, Money price, int quantity) {
        private static Item of(OrderLine line) {
            return new Item(
                    line.product(), line.productName(), line.store(), line.storeName(), line.price(), line.quantity());
        }
    }

    static BasketView of(Loaded<Basket> basket) {
        var state = basket.state();
        return new BasketView(
                basket.id(),
                state.customer(),
                state.status(),
                state.lines().stream().map(Item::of).toList(),
                Pricing.of(state.lines()).total(),
                state.order(),
                state.payment(),
                basket.version());
    }
}
