package emporium.ordering;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import java.util.UUID;

/**
 * What ordering knows of one product and its store.
 *
 * @param name null when the product was removed, as is the price
 */
record CatalogueItem(UUID product, String name, Money price, UUID store, String storeName, boolean participating) {

    boolean removed() {
        return price == null;
    }

    /** Whether it would be refused for something that the owner may have changed a moment ago. Removed is for good. */
    boolean doubtful() {
        return !removed() && !participating;
    }

    OrderLine line(int quantity) {
        return new OrderLine(product, name, store, storeName, price, quantity);
    }
}
