package emporium.contracts.ordering;

import emporium.contracts.Money;
import java.util.UUID;

/** So many of one product at the price that the catalogue named when the order was placed. */
public record OrderLine(UUID product, String productName, UUID store, String storeName, Money price, int quantity) {}
