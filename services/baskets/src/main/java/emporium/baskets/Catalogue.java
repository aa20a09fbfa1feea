package emporium.baskets;

import emporium.contracts.Money;
import emporium.contracts.stores.ProductChanged;
import emporium.contracts.stores.ProductRemoved;
import emporium.contracts.stores.StoreChanged;
import emporium.contracts.stores.StoresEvent;
import emporium.messaging.Database;
import emporium.messaging.MessageIds;
import emporium.messaging.Received;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.ToLongFunction;

/**
 * The own copy of the stores' catalogue. Events carry the full state and its version: an older or repeated
 * one changes nothing, whatever the order of arrival.
 */
@Singleton
class Catalogue {
    private final Database database;
    private final InstantSource clock;

    Catalogue(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * How far the copy has come.
     *
     * @param publishedAt when the newest event that was taken over was published, or null before the first
     * @param takenAt when that event was taken over
     */
    record State(long stores, long products, long removed, Instant publishedAt, Instant takenAt) {
        boolean empty() {
            return stores == 0 && products == 0;
        }
    }

    /** What is known of these products; one whose store was not heard of yet is missing, as one not heard of itself. */
    Map<UUID, CatalogueItem> find(Collection<UUID> products) {
        return database.run("""
                select p.id, p.version, p.name, p.amount, p.currency,
                    p.store_id, s.version as store_version, s.name as store_name, s.participating
                from baskets.catalogue_product p join baskets.catalogue_store s on s.id = p.store_id
                where p.id = any (?)""", select -> {
            select.setArray(1, select.getConnection().createArrayOf("uuid", products.toArray()));
            return items(select.executeQuery());
        });
    }

    State state() {
        return database.run("""
                select (select count(*) from baskets.catalogue_store) as stores,
                    count(*) filter (where p.name is not null) as products, count(*) filter (where p.name is null) as removed,
                    (select published_at from baskets.catalogue_progress), (select taken_at from baskets.catalogue_progress)
                from baskets.catalogue_product p""", select -> {
            try (var row = select.executeQuery()) {
                row.next();
                return new State(row.getLong(1), row.getLong(2), row.getLong(3), time(row, 4), time(row, 5));
            }
        });
    }

    /** Takes over events and keeps in mind how new they were, as part of the caller's transaction. */
    void hear(List<Received<StoresEvent>> events) {
        take(events.stream().map(Received::body).toList());
        events.stream()
                .map(event -> MessageIds.timeOf(event.envelope().id()))
                .max(Instant::compareTo)
                .ifPresent(this::noteProgress);
    }

    /** Takes over what stores tells, as part of the caller's transaction. */
    void take(Collection<? extends StoresEvent> events) {
        var stores = new TreeMap<UUID, StoreChanged>();
        var products = new TreeMap<UUID, Product>();
        for (var event : events) {
            switch (event) {
                case StoreChanged s -> stores.merge(s.store(), s, newer(StoreChanged::version));
                case ProductChanged p -> products.merge(p.product(), Product.of(p), newer(Product::version));
                case ProductRemoved p -> products.merge(p.product(), Product.of(p), newer(Product::version));
            }
        }
        // Stores before products, each sorted by id: all who write here lock in one order, and none waits in a circle.
        writeStores(stores.values());
        writeProducts(products.values());
    }

    /** A row of the copy; name and price are null in a tombstone. */
    private record Product(UUID id, long version, UUID store, String name, Long amount, String currency) {
        static Product of(ProductChanged p) {
            var price = p.price();
            return new Product(p.product(), p.version(), p.store(), p.name(), price.amount(), price.currency());
        }

        static Product of(ProductRemoved p) {
            return new Product(p.product(), p.version(), p.store(), null, null, null);
        }
    }

    /** Of one thing only the newest is written: one statement cannot write a row twice. */
    private static <T> BinaryOperator<T> newer(ToLongFunction<T> version) {
        return (one, other) -> version.applyAsLong(one) < version.applyAsLong(other) ? other : one;
    }

    private void writeStores(Collection<StoreChanged> stores) {
        database.runForAll(stores, """
                insert into baskets.catalogue_store as known (id, version, name, participating)
                values (?, ?, ?, ?)
                on conflict (id) do update
                set version = excluded.version, name = excluded.name, participating = excluded.participating
                where known.version < excluded.version""", (insert, store) -> {
            insert.setObject(1, store.store());
            insert.setLong(2, store.version());
            insert.setString(3, store.name());
            insert.setBoolean(4, store.participating());
        });
    }

    private void writeProducts(Collection<Product> products) {
        database.runForAll(products, """
                insert into baskets.catalogue_product as known (id, version, store_id, name, amount, currency)
                values (?, ?, ?, ?, ?, ?)
                on conflict (id) do update
                set version = excluded.version, store_id = excluded.store_id, name = excluded.name,
                    amount = excluded.amount, currency = excluded.currency
                where known.version < excluded.version""", Catalogue::setProduct);
    }

    private static void setProduct(PreparedStatement insert, Product product) throws SQLException {
        insert.setObject(1, product.id());
        insert.setLong(2, product.version());
        insert.setObject(3, product.store());
        insert.setString(4, product.name());
        insert.setObject(5, product.amount(), Types.BIGINT);
        insert.setString(6, product.currency());
    }

    private void noteProgress(Instant publishedAt) {
        database.run("""
                insert into baskets.catalogue_progress as noted (published_at, taken_at) values (?, ?)
                on conflict (single) do update set published_at = excluded.published_at, taken_at = excluded.taken_at
                where noted.published_at < excluded.published_at""", insert -> {
            insert.setObject(1, publishedAt.atOffset(ZoneOffset.UTC));
            insert.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
            return insert.executeUpdate();
        });
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Map<UUID, CatalogueItem> items(ResultSet rows) throws SQLException {
        var items = new HashMap<UUID, CatalogueItem>();
        while (rows.next()) {
            var item = item(rows);
            items.put(item.product(), item);
        }
        return items;
    }

    private static CatalogueItem item(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        return new CatalogueItem(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                row.getString("name"),
                currency == null ? null : new Money(row.getLong("amount"), currency),
                row.getObject("store_id", UUID.class),
                row.getLong("store_version"),
                row.getString("store_name"),
                row.getBoolean("participating"));
    }
}
