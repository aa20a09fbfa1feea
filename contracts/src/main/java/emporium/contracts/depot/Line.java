package emporium.contracts.depot;

import java.util.UUID;

/** So many of one product, to be fetched from one store; the names are those that the bot reads. */
public record Line(UUID product, String productName, UUID store, String storeName, int quantity) {}
