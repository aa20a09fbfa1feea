package emporium.stores;

import emporium.contracts.Money;
import java.util.UUID;

/** What can happen to a product. */
sealed interface ProductEvent {

    record Added(UUID store, String name, String description, String sku, Money price) implements ProductEvent {}

    record Renamed(String name, String description) implements ProductEvent {}

    record PriceRaised(Money from, Money to) implements ProductEvent {}

    record PriceLowered(Money from, Money to) implements ProductEvent {}

    record Removed() implements ProductEvent {}
}
