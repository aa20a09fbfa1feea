package emporium.baskets;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import emporium.rest.Problem;
import java.util.UUID;

/**
 * What baskets knows of one product and its store.
 *
 * @param version of the product, counted by its owner
 * @param name null when the product was removed, as is the price
 * @param storeVersion of the store, counted by its owner
 */
record CatalogueItem(
        UUID product,
        long version,
        String name,
        Money price,
        UUID store,
        long storeVersion,
        String storeName,
        boolean participating) {

    boolean removed() {
        return price == null;
    }

    /** Whether it would be refused for something that the owner may have changed a moment ago. Removed is for good. */
    boolean doubtful() {
        return !removed() && !participating;
    }

    /** This item, unless it cannot be ordered at present. */
    CatalogueItem orderable() {
        if (removed()) {
            throw Problem.notFound("The product " + product + " is no longer in the catalogue.");
        }
        if (!participating) {
            throw Problem.refused("The product %s (%s) cannot be ordered: the store %s does not take part at present."
                    .formatted(name, product, storeName));
        }
        return this;
    }

    OrderLine line(int quantity) {
        return new OrderLine(product, name, store, storeName, price, quantity);
    }
}
