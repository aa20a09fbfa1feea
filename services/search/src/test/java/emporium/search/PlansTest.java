package emporium.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.ordering.OrderStatus;
import emporium.messaging.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the planner's mind: however many orders there are, a search must not read them all. */
@QuarkusTest
class PlansTest {
    private static final Logger LOG = Logger.getLogger(PlansTest.class);
    private static final int ORDERS = Integer.getInteger("emporium.search.orders", 200_000);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Inject
    Database database;

    @Inject
    Generations generations;

    @Inject
    OrderSearch search;

    @BeforeEach
    void manyOrders() {
        if (rows("select count(*) from " + tables().orders()).equals(List.of(String.valueOf(ORDERS)))) {
            return;
        }
        // Customers, stores and products of very different size: the first of each has a share, the last hardly any.
        run("truncate %s, %s, %s".formatted(tables().orders(), tables().stores(), tables().products()));
        run("""
                insert into %s (id, version, status, customer_id, customer_name, payment_id, items, names, amount,
                    currency, created_at, updated_at)
                select %s, 1 + n %% 5, (array['COMPLETED','COMPLETED','COMPLETED','CANCELLED','REJECTED'])[1 + n %% 5],
                    md5('customer ' || (sqrt(n)::int * 7 %% 5000))::uuid, 'Customer ' || (sqrt(n)::int * 7 %% 5000), md5('p' || n)::uuid,
                    '[]', 'Product ' || n %% 3000 || ' Store ' || (log(n + 1) * 20)::int, 100 + (n::bigint * 7919) %% 100000, 'EUR',
                    %s, %s
                from generate_series(1, %d) n""".formatted(tables().orders(), id(), at(), at(), ORDERS));
        run("update %s set status = 'PENDING' where amount %% 10000 = 0".formatted(tables().orders()));
        link(tables().stores(), "md5('store ' || (log(n + 1) * 20)::int)::uuid");
        link(tables().products(), "md5('product ' || n % 3000)::uuid");
        generations.analyze(generations.live());
    }

    @Test
    void no_filter_reads_the_whole_table_and_each_answers_fast() {
        for (var filter : filters().entrySet()) {
            var found = search.find(filter.getValue(), null, 51);
            assertFalse(found.isEmpty(), filter.getKey() + " finds nothing");
            queries(filter.getValue(), null).forEach(query -> assertBounded(filter.getKey(), explain(query)));
            queries(filter.getValue(), found.getLast())
                    .forEach(query -> assertBounded(filter.getKey() + ", next page", explain(query)));
            LOG.infof("%-40s p99 %5.1f ms", filter.getKey(), p99(filter.getValue()));
        }
    }

    @Test
    void words_are_found_whether_they_are_frequent_or_all_in_old_orders() {
        var frequent = new Filters(null, OrderStatus.CANCELLED, null, null, "store", null, null, null, null);
        var old = new Filters(null, OrderStatus.CANCELLED, null, null, "\"store 60\"", null, null, null, null);
        assertBounded("old", explain(SearchQuery.byWords(tables(), old, null, null, 51)));
        for (var filters : List.of(frequent, old)) {
            var all = rows("""
                    select id from %s where status = 'CANCELLED' and words @@ websearch_to_tsquery('simple', '%s')
                    order by created_at desc, id desc limit 120""".formatted(tables().orders(), filters.q()));
            var found = new ArrayList<OrderView>();
            for (var page = search.find(filters, null, 40);
                    found.size() < all.size();
                    page = search.find(filters, found.getLast().id(), 40)) {
                found.addAll(page);
            }
            assertEquals(
                    all,
                    found.stream()
                            .map(order -> order.id().toString())
                            .limit(all.size())
                            .toList());
        }
    }

    private List<SearchQuery> queries(Filters filters, OrderView last) {
        var at = last == null ? null : last.createdAt();
        var id = last == null ? null : last.id();
        return filters.words() == null
                ? List.of(SearchQuery.withoutWords(tables(), filters, at, id, 51))
                : List.of(
                        SearchQuery.amongNewest(tables(), filters, at, id, 51, 2_000),
                        SearchQuery.moreThan(tables(), filters, at, id, 2_000));
    }

    @Test
    void missing_names_are_found_without_reading_the_orders() {
        var plan = rows("""
                explain select customer_id from %s where customer_name is null
                group by customer_id limit 100""".formatted(tables().orders()));
        assertFalse(plan.toString().contains("Seq Scan"), plan.toString());
    }

    private Map<String, Filters> filters() {
        var store = uuid("store 80");
        var hugeStore = uuid("store 106");
        var product = uuid("product 17");
        var customer = uuid("customer 700");
        var day = START.plus(Duration.ofMinutes(ORDERS / 2));
        var filters = new LinkedHashMap<String, Filters>();
        filters.put("none", Filters.NONE);
        filters.put("customer", new Filters(customer, null, null, null, null, null, null, null, null));
        filters.put(
                "frequent status", new Filters(null, OrderStatus.COMPLETED, null, null, null, null, null, null, null));
        filters.put("rare status", new Filters(null, OrderStatus.PENDING, null, null, null, null, null, null, null));
        filters.put("store", new Filters(null, null, store, null, null, null, null, null, null));
        filters.put("huge store", new Filters(null, null, hugeStore, null, null, null, null, null, null));
        filters.put("product", new Filters(null, null, null, product, null, null, null, null, null));
        filters.put("store and product", new Filters(null, null, hugeStore, product, null, null, null, null, null));
        filters.put(
                "store and status", new Filters(null, OrderStatus.REJECTED, store, null, null, null, null, null, null));
        filters.put("frequent word", new Filters(null, null, null, null, "store", null, null, null, null));
        filters.put("rare words", new Filters(null, null, null, null, "product 17", null, null, null, null));
        filters.put("customer's name", new Filters(null, null, null, null, "\"customer 700\"", null, null, null, null));
        filters.put(
                "words and status",
                new Filters(null, OrderStatus.CANCELLED, null, null, "store 100", null, null, null, null));
        filters.put("after", new Filters(null, null, null, null, null, day, null, null, null));
        filters.put("before", new Filters(null, null, null, null, null, null, day, null, null));
        filters.put(
                "a time long ago",
                new Filters(null, null, null, null, null, START, START.plusSeconds(9000), null, null));
        filters.put("large totals", new Filters(null, null, null, null, null, null, null, 100_050L, null));
        filters.put("small totals", new Filters(null, null, null, null, null, null, null, null, 150L));
        filters.put("half of the totals", new Filters(null, null, null, null, null, null, null, 50_000L, null));
        filters.put(
                "customer and all else",
                new Filters(customer, OrderStatus.COMPLETED, null, null, "customer", START, null, 0L, 200_000L));
        return filters;
    }

    private void assertBounded(String filter, List<String> plan) {
        var text = String.join("\n", plan);
        assertFalse(text.contains("Seq Scan"), filter + " reads everything:\n" + text);
        assertTrue(text.contains("Index"), filter + ":\n" + text);
    }

    private double p99(Filters filters) {
        var times = new ArrayList<Long>();
        for (int i = 0; i < 100; i++) {
            var start = System.nanoTime();
            search.find(filters, null, 51);
            times.add(System.nanoTime() - start);
        }
        return times.stream().sorted().toList().get(98) / 1e6;
    }

    private List<String> explain(SearchQuery query) {
        return database.run("explain " + query.sql(), select -> {
            query.set(select);
            return texts(select);
        });
    }

    private List<String> rows(String sql) {
        return database.run(sql, PlansTest::texts);
    }

    private static List<String> texts(PreparedStatement select) throws SQLException {
        var lines = new ArrayList<String>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    private void link(String table, String id) {
        run("insert into %s select %s, %s, %s from generate_series(1, %d) n".formatted(table, id, at(), id(), ORDERS));
    }

    private void run(String sql) {
        database.run(sql, PreparedStatement::execute);
    }

    private Tables tables() {
        return new Tables(generations.live());
    }

    private static String id() {
        return "lpad(to_hex(n), 32, '0')::uuid";
    }

    private static String at() {
        return "timestamptz '%s' + n * interval '1 minute'".formatted(START);
    }

    private UUID uuid(String text) {
        return UUID.fromString(rows("select md5('%s')::uuid".formatted(text)).getFirst());
    }
}
