package emporium.search;

import static emporium.messaging.Database.column;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.contracts.ordering.OrderCancelRequested;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderFound;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderingEvent;
import emporium.messaging.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what is searched. Events carry the full state and its version: an older or repeated one changes nothing,
 * whatever the order of arrival. A batch is a few statements, however many orders it is about.
 */
@Singleton
class OrderIndex {
    private final Database database;
    private final Generations generations;
    private final Customers customers;
    private final ObjectMapper json;

    OrderIndex(Database database, Generations generations, Customers customers, ObjectMapper json) {
        this.database = database;
        this.generations = generations;
        this.customers = customers;
        this.json = json;
    }

    /** Takes over what ordering tells, as part of the caller's transaction. */
    void take(Collection<? extends OrderingEvent> events) {
        // Of one order only the newest is written, and all who write lock in one order.
        var created = new TreeMap<UUID, OrderCreated>();
        var changed = new TreeMap<UUID, OrderChanged>();
        for (var event : events) {
            switch (event) {
                case OrderCreated c -> created.putIfAbsent(c.order(), c);
                case OrderChanged c ->
                    changed.merge(c.order(), c, (one, other) -> one.version() < other.version() ? other : one);
                case OrderCancelRequested wish -> {} // an OrderChanged tells of it too
            }
        }
        var writable = generations.writable();
        var names = customers.namesLocked(Stream.concat(
                        created.values().stream().map(OrderCreated::customer),
                        changed.values().stream().map(OrderChanged::customer))
                .collect(Collectors.toSet()));
        for (var number : writable) {
            var tables = new Tables(number);
            create(tables, created.values(), names);
            change(tables, changed.values(), names);
        }
    }

    /** Writes orders as their owner has told them into one generation, as part of the caller's transaction. */
    void fill(int generation, List<OrderFound> orders) {
        generations.progress(generation, orders.size());
        var names = customers.namesLocked(
                orders.stream().map(order -> order.created().customer()).collect(Collectors.toSet()));
        var tables = new Tables(generation);
        var newest = orders.stream()
                .collect(Collectors.toMap(order -> order.created().order(), OrderFound::now));
        // Those that events have brought before are changed too, if they are older; nobody else writes meanwhile.
        var present = present(tables, newest.keySet());
        insert(tables, orders.stream().map(OrderFound::created).toList(), newest, names);
        change(tables, present.stream().map(newest::get).toList(), names);
    }

    private List<UUID> present(Tables tables, Collection<UUID> ids) {
        return database.run("select id from %s where id = any (?) order by id".formatted(tables.orders()), select -> {
            select.setArray(1, column(select, "uuid", ids, id -> id));
            var present = new ArrayList<UUID>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    present.add(rows.getObject(1, UUID.class));
                }
            }
            return present;
        });
    }

    private void create(Tables tables, Collection<OrderCreated> orders, Map<UUID, String> names) {
        insert(tables, orders, Map.of(), names);
    }

    private void insert(
            Tables tables, Collection<OrderCreated> orders, Map<UUID, OrderChanged> newest, Map<UUID, String> names) {
        if (orders.isEmpty()) {
            return;
        }
        Function<OrderCreated, OrderChanged> now = order -> newest.getOrDefault(order.order(), Changes.firstOf(order));
        database.run("""
                insert into %s as known (id, version, status, reason, customer_id, customer_name, payment_id,
                    shopping_list_id, invoice_id, items, names, amount, currency, created_at, updated_at)
                select id, version, status, reason, customer_id, customer_name, payment_id,
                    shopping_list_id, invoice_id, items::jsonb, names, amount, currency, created_at, updated_at
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as told (id, version, status, reason, customer_id,
                    customer_name, payment_id, shopping_list_id, invoice_id, items, names, amount, currency,
                    created_at, updated_at)
                on conflict (id) do update
                set items = excluded.items, names = excluded.names, created_at = excluded.created_at
                where known.items is null""".formatted(tables.orders()), insert -> {
            setState(insert, orders.stream().map(now).toList(), names);
            insert.setArray(10, column(insert, "text", orders, order -> write(order.lines())));
            insert.setArray(11, column(insert, "text", orders, order -> words(order.lines())));
            insert.setArray(
                    12, column(insert, "bigint", orders, order -> order.total().amount()));
            insert.setArray(
                    13, column(insert, "text", orders, order -> order.total().currency()));
            insert.setArray(14, column(insert, "timestamptz", orders, OrderCreated::at));
            insert.setArray(15, column(insert, "timestamptz", orders, order -> now.apply(order)
                    .at()));
            return insert.executeUpdate();
        });
        link(tables.stores(), "store_id", orders, OrderLine::store);
        link(tables.products(), "product_id", orders, OrderLine::product);
    }

    private void change(Tables tables, Collection<OrderChanged> orders, Map<UUID, String> names) {
        if (orders.isEmpty()) {
            return;
        }
        // The time of creation is a guess, until the creation itself comes.
        database.run("""
                insert into %s as known (id, version, status, reason, customer_id, customer_name, payment_id,
                    shopping_list_id, invoice_id, amount, currency, created_at, updated_at)
                select id, version, status, reason, customer_id, customer_name, payment_id,
                    shopping_list_id, invoice_id, amount, currency, at, at
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as told (id, version, status, reason, customer_id,
                    customer_name, payment_id, shopping_list_id, invoice_id, amount, currency, at)
                on conflict (id) do update
                set version = excluded.version, status = excluded.status, reason = excluded.reason,
                    shopping_list_id = excluded.shopping_list_id, invoice_id = excluded.invoice_id,
                    amount = excluded.amount, currency = excluded.currency, updated_at = excluded.updated_at
                where known.version < excluded.version""".formatted(tables.orders()), insert -> {
            setState(insert, orders, names);
            insert.setArray(
                    10, column(insert, "bigint", orders, order -> order.total().amount()));
            insert.setArray(
                    11, column(insert, "text", orders, order -> order.total().currency()));
            insert.setArray(12, column(insert, "timestamptz", orders, OrderChanged::at));
            return insert.executeUpdate();
        });
    }

    private static void setState(PreparedStatement insert, Collection<OrderChanged> orders, Map<UUID, String> names)
            throws SQLException {
        insert.setArray(1, column(insert, "uuid", orders, OrderChanged::order));
        insert.setArray(2, column(insert, "bigint", orders, OrderChanged::version));
        insert.setArray(
                3, column(insert, "text", orders, order -> order.status().name()));
        insert.setArray(4, column(insert, "text", orders, OrderChanged::reason));
        insert.setArray(5, column(insert, "uuid", orders, OrderChanged::customer));
        insert.setArray(6, column(insert, "text", orders, order -> names.get(order.customer())));
        insert.setArray(7, column(insert, "uuid", orders, OrderChanged::payment));
        insert.setArray(8, column(insert, "uuid", orders, OrderChanged::shoppingList));
        insert.setArray(9, column(insert, "uuid", orders, OrderChanged::invoice));
    }

    private record Link(UUID to, OrderCreated order) {}

    private void link(String table, String key, Collection<OrderCreated> orders, Function<OrderLine, UUID> to) {
        var links = orders.stream()
                .flatMap(order -> order.lines().stream().map(to).distinct().map(id -> new Link(id, order)))
                .toList();
        database.run("""
                insert into %s (%s, created_at, order_id) select * from unnest(?, ?, ?)
                on conflict do nothing""".formatted(table, key), insert -> {
            insert.setArray(1, column(insert, "uuid", links, Link::to));
            insert.setArray(
                    2, column(insert, "timestamptz", links, link -> link.order().at()));
            insert.setArray(
                    3, column(insert, "uuid", links, link -> link.order().order()));
            return insert.executeUpdate();
        });
    }

    private static String words(List<OrderLine> lines) {
        return lines.stream()
                .flatMap(line -> Stream.of(line.productName(), line.storeName()))
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private String write(List<OrderLine> lines) {
        try {
            return json.writeValueAsString(
                    lines.stream().map(OrderView.Item::of).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order's items cannot be written as JSON", e);
        }
    }
}
