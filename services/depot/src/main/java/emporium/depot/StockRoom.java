package emporium.depot;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The stock of all counted products. */
@Singleton
class StockRoom implements PanacheRepositoryBase<Stock, UUID> {

    /** By order of product, so that two transactions that want the same products never wait in a circle. */
    private List<Stock> lock(Collection<UUID> products) {
        return getSession()
                .createNativeQuery(
                        "select * from depot.stock where product_id = any(:products) order by product_id for update",
                        Stock.class)
                .setParameter("products", products.toArray(UUID[]::new))
                .getResultList();
    }

    /** The locked stock of these products; reads nothing where there are none. */
    Shelves shelvesOf(Collection<UUID> products) {
        return new Shelves(products.isEmpty() ? Stream.empty() : lock(products).stream());
    }

    /** The locked stock of a product, which begins to be limited by this. */
    Stock lockOrBegin(UUID product) {
        getEntityManager()
                .createNativeQuery("""
                        insert into depot.stock (product_id, quantity, reserved) values (:product, 0, 0)
                        on conflict do nothing
                        """)
                .setParameter("product", product)
                .executeUpdate();
        return lock(List.of(product)).getFirst();
    }
}
