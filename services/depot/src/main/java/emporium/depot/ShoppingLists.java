package emporium.depot;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The shopping lists of all orders. */
@Singleton
class ShoppingLists implements PanacheRepositoryBase<ShoppingList, UUID> {

    /** By order of id, so that two transactions that lock the same lists wait for each other but never in a circle. */
    List<ShoppingList> lockOfOrders(Collection<UUID> orders) {
        return getSession()
                .createNativeQuery(
                        "select * from depot.shopping_list where order_id = any(:orders) order by id for update",
                        ShoppingList.class)
                .setParameter("orders", orders.toArray(UUID[]::new))
                .getResultList();
    }
}
