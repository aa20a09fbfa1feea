package emporium.depot;

import emporium.depot.ShoppingList.Status;
import emporium.rest.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
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

    ShoppingList get(UUID id) {
        return findByIdOptional(id).orElseThrow(() -> unknown(id));
    }

    /** Locked for the present transaction. */
    ShoppingList lock(UUID id) {
        return getSession()
                .createNativeQuery("select * from depot.shopping_list where id = :id for update", ShoppingList.class)
                .setParameter("id", id)
                .uniqueResultOptional()
                .orElseThrow(() -> unknown(id));
    }

    /** What the bot has in hand. */
    Optional<ShoppingList> inHandsOf(UUID bot) {
        return find("botId = ?1 and status = ?2", bot, Status.ASSIGNED).firstResultOptional();
    }

    /**
     * Lists of bots that were not heard since then. Leaves out what others have locked: what another replica releases,
     * and the bot whose heartbeat comes at this moment.
     */
    List<ShoppingList> lockUnheardSince(Instant since, int atMost) {
        return getSession()
                .createNativeQuery("""
                        select list.* from depot.shopping_list list join depot.bot bot on bot.id = list.bot_id
                        where list.status = 'ASSIGNED' and bot.heard_at < :since
                        order by list.id limit :most for update skip locked
                        """, ShoppingList.class)
                .setParameter("since", since)
                .setParameter("most", atMost)
                .getResultList();
    }

    /** Lists in the order of their ids, which is that of time; from the start, or after the last one of a former page. */
    List<ShoppingList> after(Optional<UUID> last, Optional<Status> status, int atMost) {
        var from = last.orElse(BEFORE_ALL);
        return status.map(only -> find("status = ?1 and id > ?2 order by id", only, from))
                .orElseGet(() -> find("id > ?1 order by id", from))
                .page(0, atMost)
                .list();
    }

    private static Problem unknown(UUID id) {
        return Problem.notFound("There is no shopping list " + id + ".");
    }
}
