package emporium.search;

import static emporium.messaging.Database.column;

import emporium.contracts.customers.CustomerChanged;
import emporium.contracts.customers.CustomersEvent;
import emporium.messaging.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The own copy of the customers' names, and the names in what is searched. */
@Singleton
class Customers {
    private final Database database;
    private final Generations generations;

    Customers(Database database, Generations generations) {
        this.database = database;
        this.generations = generations;
    }

    /** Takes over what customers tells, as part of the caller's transaction. */
    void take(Collection<? extends CustomersEvent> events) {
        var writable = generations.writable();
        // Of one customer only the newest is written, and all who write lock in one order.
        var newest = new TreeMap<UUID, CustomerChanged>();
        for (var event : events) {
            switch (event) {
                case CustomerChanged c ->
                    newest.merge(c.customer(), c, (one, other) -> one.version() < other.version() ? other : one);
            }
        }
        database.runForAll(newest.values(), """
                insert into search.customer as known (id, version, name) values (?, ?, ?)
                on conflict (id) do update set version = excluded.version, name = excluded.name
                where known.version < excluded.version""", (insert, customer) -> {
            insert.setObject(1, customer.customer());
            insert.setLong(2, customer.version());
            insert.setString(3, customer.name());
        });
        writable.forEach(number -> rename(new Tables(number), newest.keySet()));
    }

    /**
     * The names that are known of these customers. They do not change until the end of the caller's transaction, so
     * that an order which is written with one is found by whoever changes it.
     */
    Map<UUID, String> namesLocked(Collection<UUID> ids) {
        return database.run("select id, name from search.customer where id = any (?) order by id for share", select -> {
            select.setArray(1, column(select, "uuid", ids, id -> id));
            var names = new HashMap<UUID, String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    names.put(rows.getObject(1, UUID.class), rows.getString(2));
                }
            }
            return names;
        });
    }

    /** Some customers of orders that have no name yet. */
    List<UUID> nameless(int most) {
        var orders = new Tables(generations.live()).orders();
        return database.run("""
                select customer_id from %s where customer_name is null
                group by customer_id limit ?""".formatted(orders), select -> {
            select.setInt(1, most);
            return ids(select);
        });
    }

    /** Those of the customers that are in no copy yet. */
    List<UUID> unknown(Collection<UUID> ids) {
        return database.run("""
                select id from unnest(?) as asked (id)
                where not exists (select from search.customer c where c.id = asked.id)""", select -> {
            select.setArray(1, column(select, "uuid", ids, id -> id));
            return ids(select);
        });
    }

    /** Gives their names to the orders of these customers, as part of the caller's transaction. */
    void nameOrders(Collection<UUID> ids) {
        generations.writable().forEach(number -> rename(new Tables(number), ids));
    }

    /** Notes on the orders of somebody who does not exist that no name will ever come. */
    void nobody(UUID id) {
        generations
                .writable()
                .forEach(number -> database.run(
                        "update %s set customer_name = '' where customer_id = ? and customer_name is null"
                                .formatted(new Tables(number).orders()),
                        update -> {
                            update.setObject(1, id);
                            return update.executeUpdate();
                        }));
    }

    private static List<UUID> ids(PreparedStatement select) throws SQLException {
        var ids = new ArrayList<UUID>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    private void rename(Tables tables, Collection<UUID> ids) {
        database.run("""
                update %s o set customer_name = c.name from search.customer c
                where c.id = any (?) and o.customer_id = c.id and o.customer_name is distinct from c.name""".formatted(tables.orders()), update -> {
            update.setArray(1, column(update, "uuid", ids, id -> id));
            return update.executeUpdate();
        });
    }
}
