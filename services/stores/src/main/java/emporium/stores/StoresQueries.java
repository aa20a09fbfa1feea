package emporium.stores;

import emporium.contracts.stores.FindProduct;
import emporium.contracts.stores.ProductFound;
import emporium.contracts.stores.ProductNotFound;
import emporium.contracts.stores.StoresAnswer;
import emporium.contracts.stores.StoresQuery;
import emporium.eventsourcing.Loaded;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Answers other services out of the read models. */
@Singleton
class StoresQueries {

    private final Mall mall;
    private final Catalog catalog;

    StoresQueries(Mall mall, Catalog catalog) {
        this.mall = mall;
        this.catalog = catalog;
    }

    @Transactional
    StoresAnswer answer(StoresQuery query) {
        return switch (query) {
            case FindProduct(var product) -> find(product);
        };
    }

    private StoresAnswer find(UUID id) {
        return catalog.product(id).<StoresAnswer>map(this::found).orElseGet(() -> new ProductNotFound(id));
    }

    private ProductFound found(Loaded<Product> product) {
        var store = mall.store(product.state().store()).orElseThrow();
        return new ProductFound(Products.told(product), Stores.told(store));
    }
}
