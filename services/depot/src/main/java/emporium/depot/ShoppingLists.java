package emporium.depot;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The shopping lists of all orders. */
@Singleton
class ShoppingLists implements PanacheRepositoryBase<ShoppingList, UUID> {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** By order of id, so that two transactions that lock the same lists wait for each other but never in a circle. */
    List<ShoppingList> lockOfOrders(Collection<UUID> orders) {
        return getSession()
                .createNativeQuery(
                        "select * from depot.shopping_list where order_id = any(:orders) order by id for update",
                        ShoppingList.class)
                .setParameter("orders", orders.toArray(UUID[]::new))
                .getResultList();
    }

    /** Lists in the order of their ids, which is that of time; from the start, or after the last one of a former page. */
    List<ShoppingList> after(Optional<UUID> last, Optional<ShoppingList.Status> status, int atMost) {
        var from = last.orElse(BEFORE_ALL);
        return status.map(only -> find("status = ?1 and id > ?2 order by id", only, from))
                .orElseGet(() -> find("id > ?1 order by id", from))
                .page(0, atMost)
                .list();
    }
}
