package emporium.depot;

import emporium.rest.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All bots that have ever registered. */
@Singleton
class Bots implements PanacheRepositoryBase<Bot, UUID> {

    /** A bot and the list that it has in hand, or null. */
    record AtWork(UUID id, String name, Instant heardAt, UUID shoppingListId) {}

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String AT_WORK = """
            select bot.id, bot.name, bot.heardAt, list.id
            from Bot bot left join ShoppingList list on list.botId = bot.id and list.status = ASSIGNED
            """;

    /** Registers a bot unless one of that name is there; who comes with its name is that bot. Returns whether it is new. */
    boolean register(UUID id, String name, Instant now) {
        var inserted = getEntityManager()
                .createNativeQuery("""
                        insert into depot.bot (id, name, heard_at) values (:id, :name, :now) on conflict do nothing
                        """)
                .setParameter("id", id)
                .setParameter("name", name)
                .setParameter("now", now)
                .executeUpdate();
        return inserted == 1;
    }

    /** Notes a sign of life and answers what the bot has in hand: one statement, and no event. */
    AtWork heard(UUID id, Instant now) {
        return getSession()
                .createNativeQuery("""
                        update depot.bot set heard_at = greatest(heard_at, :now) where id = :id
                        returning id, name, heard_at, (
                            select list.id from depot.shopping_list list
                            where list.bot_id = bot.id and list.status = 'ASSIGNED') as list_id
                        """, Object[].class)
                .addScalar("id", UUID.class)
                .addScalar("name", String.class)
                .addScalar("heard_at", Instant.class)
                .addScalar("list_id", UUID.class)
                .setParameter("id", id)
                .setParameter("now", now)
                .setTupleTransformer(
                        (row, names) -> new AtWork((UUID) row[0], (String) row[1], (Instant) row[2], (UUID) row[3]))
                .uniqueResultOptional()
                .orElseThrow(() -> unknown(id));
    }

    /** Locked for the present transaction. */
    Bot lock(UUID id) {
        return getSession()
                .createNativeQuery("select * from depot.bot where id = :id for update", Bot.class)
                .setParameter("id", id)
                .uniqueResultOptional()
                .orElseThrow(() -> unknown(id));
    }

    AtWork get(UUID id) {
        return getSession()
                .createSelectionQuery(AT_WORK + "where bot.id = :id", AtWork.class)
                .setParameter("id", id)
                .uniqueResultOptional()
                .orElseThrow(() -> unknown(id));
    }

    AtWork get(String name) {
        return getSession()
                .createSelectionQuery(AT_WORK + "where bot.name = :name", AtWork.class)
                .setParameter("name", name)
                .getSingleResult();
    }

    /** Bots in the order of their ids, which is that of time; from the start, or after the last one of a former page. */
    List<AtWork> atWorkAfter(Optional<UUID> last, int atMost) {
        return getSession()
                .createSelectionQuery(AT_WORK + "where bot.id > :last order by bot.id", AtWork.class)
                .setParameter("last", last.orElse(BEFORE_ALL))
                .setMaxResults(atMost)
                .getResultList();
    }

    private static Problem unknown(UUID id) {
        return Problem.notFound("There is no bot " + id + ".");
    }
}
