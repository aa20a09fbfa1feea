package emporium.stores;

import emporium.contracts.Money;
import emporium.eventsourcing.AggregateType;
import emporium.rest.Problem;
import emporium.stores.ProductEvent.Added;
import emporium.stores.ProductEvent.PriceLowered;
import emporium.stores.ProductEvent.PriceRaised;
import emporium.stores.ProductEvent.Removed;
import emporium.stores.ProductEvent.Renamed;
import java.util.List;
import java.util.UUID;

/** Something that a store sells, at one price. */
record Product(UUID store, String name, String description, String sku, Money price, boolean removed) {

    static final AggregateType<Product, ProductEvent> TYPE = AggregateType.named(
                    "product", ProductEvent.class, Product::after)
            .event("ProductAdded", 1, Added.class)
            .event("ProductRenamed", 1, Renamed.class)
            .event("ProductPriceRaised", 1, PriceRaised.class)
            .event("ProductPriceLowered", 1, PriceLowered.class)
            .event("ProductRemoved", 1, Removed.class)
            .snapshotEvery(50, Product.class, 1)
            .build();

    static List<ProductEvent> add(UUID store, String name, String description, String sku, Money price) {
        return List.of(new Added(store, name, description, sku, price));
    }

    List<ProductEvent> rename(String newName, String newDescription) {
        var same = newName.equals(name) && newDescription.equals(description);
        return same ? List.of() : List.of(new Renamed(newName, newDescription));
    }

    List<ProductEvent> raisePrice(Money to) {
        requireSameCurrency(to);
        if (to.amount() <= price.amount()) {
            throw Problem.conflict("The price is %s: it cannot be raised to %s.".formatted(price, to));
        }
        return List.of(new PriceRaised(price, to));
    }

    List<ProductEvent> lowerPrice(Money to) {
        requireSameCurrency(to);
        if (to.amount() >= price.amount()) {
            throw Problem.conflict("The price is %s: it cannot be lowered to %s.".formatted(price, to));
        }
        return List.of(new PriceLowered(price, to));
    }

    List<ProductEvent> remove() {
        return List.of(new Removed());
    }

    static Product after(Product before, ProductEvent event) {
        return switch (event) {
            case Added added ->
                new Product(added.store(), added.name(), added.description(), added.sku(), added.price(), false);
            case Renamed renamed -> before.named(renamed.name(), renamed.description());
            case PriceRaised raised -> before.priced(raised.to());
            case PriceLowered lowered -> before.priced(lowered.to());
            case Removed() ->
                new Product(before.store, before.name, before.description, before.sku, before.price, true);
        };
    }

    private Product named(String newName, String newDescription) {
        return new Product(store, newName, newDescription, sku, price, removed);
    }

    private Product priced(Money newPrice) {
        return new Product(store, name, description, sku, newPrice, removed);
    }

    private void requireSameCurrency(Money other) {
        if (!other.currency().equals(price.currency())) {
            throw Problem.conflict("The price is in %s and cannot be changed to one in %s."
                    .formatted(price.currency(), other.currency()));
        }
    }
}
