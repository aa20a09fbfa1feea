package emporium.search;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGStatement;

/**
 * The statement of a search. Filters that are not asked for are left out: {@code ? is null or ...} would keep the
 * planner from the indexes. Orders of a store or a product are read in the order of that table's key, so that a page
 * costs a page, however many of them there are.
 *
 * <p>For words there is no index in the order of the answer. What is frequent is found among the newest orders, what is
 * rare by the index of words; the planner cannot tell the one from the other, so that both are tried, see {@link
 * OrderSearch}.
 */
record SearchQuery(String sql, List<Object> parameters) {

    private static final String HAS_WORDS = "o.words @@ websearch_to_tsquery('simple', ?)";

    /** All that the filters other than words let through. */
    static SearchQuery withoutWords(Tables tables, Filters filters, Instant lastCreatedAt, UUID last, int limit) {
        return builder(tables.orders(), tables, filters, lastCreatedAt, last).page("o.*", limit);
    }

    /** Those with the words among the newest that the other filters let through; reads {@code most} orders at most. */
    static SearchQuery amongNewest(
            Tables tables, Filters filters, Instant lastCreatedAt, UUID last, int limit, int most) {
        var newest = withoutWords(tables, filters, lastCreatedAt, last, most);
        return newest.within(
                "select o.* from (%s) o where " + HAS_WORDS + " order by o.created_at desc, o.id desc limit ?",
                filters.words(),
                limit);
    }

    /** Whether that many orders are let through by the filters other than words: a row, or none. */
    static SearchQuery moreThan(Tables tables, Filters filters, Instant lastCreatedAt, UUID last, int most) {
        var newest =
                builder(tables.orders(), tables, filters, lastCreatedAt, last).page("o.id", most + 1);
        return newest.within("select from (%s) o offset ?", most);
    }

    /** Begins with all that have the words, found by their index, whatever else is asked for. */
    static SearchQuery byWords(Tables tables, Filters filters, Instant lastCreatedAt, UUID last, int limit) {
        var found = new ArrayList<Object>(List.of(filters.words()));
        var page = builder("found", tables, filters, lastCreatedAt, last).page("o.id", limit);
        found.addAll(page.parameters);
        var sql = """
                with found as materialized (
                    select o.id, o.created_at, o.customer_id, o.status, o.amount from %s o where %s)
                select o.* from (%s) page join %s o on o.id = page.id order by o.created_at desc, o.id desc""".formatted(tables.orders(), HAS_WORDS, page.sql, tables.orders());
        return new SearchQuery(sql, found);
    }

    private static Builder builder(String orders, Tables tables, Filters filters, Instant lastCreatedAt, UUID last) {
        var query = new Builder(orders);
        query.link(tables.products(), "p", "product_id", filters.productId());
        query.link(tables.stores(), "s", "store_id", filters.storeId());
        query.where("o.customer_id = ?", filters.customerId());
        query.where(
                "o.status = ?",
                filters.status() == null ? null : filters.status().name());
        query.where("o.amount >= ?", filters.minTotal());
        query.where("o.amount <= ?", filters.maxTotal());
        query.where(query.createdAt() + " >= ?", filters.after());
        query.where(query.createdAt() + " < ?", filters.before());
        if (last != null) {
            query.where("(%s, %s) < (?, ?)".formatted(query.createdAt(), query.id()), lastCreatedAt);
            query.parameters.add(last);
        }
        return query;
    }

    void set(PreparedStatement select) throws SQLException {
        // Planned anew each time: which index serves best depends on the values, and a plan is made in a moment.
        select.unwrap(PGStatement.class).setPrepareThreshold(0);
        for (int i = 0; i < parameters.size(); i++) {
            select.setObject(
                    i + 1,
                    parameters.get(i) instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : parameters.get(i));
        }
    }

    private SearchQuery within(String outer, Object... more) {
        var all = new ArrayList<>(parameters);
        all.addAll(List.of(more));
        return new SearchQuery(outer.formatted(sql), all);
    }

    private static final class Builder {
        private final StringBuilder from;
        private final StringBuilder where = new StringBuilder(" where true");
        private final List<Object> parameters = new ArrayList<>();
        /** The table whose key gives the order of the answer. */
        private String leader = "o";

        private Builder(String orders) {
            from = new StringBuilder(" from ").append(orders).append(" o");
        }

        private void link(String table, String alias, String key, UUID id) {
            if (id != null) {
                from.append(" join %s %s on %s.order_id = o.id".formatted(table, alias, alias));
                where(alias + "." + key + " = ?", id);
                leader = alias;
            }
        }

        private void where(String condition, Object parameter) {
            if (parameter != null) {
                where.append(" and ").append(condition);
                parameters.add(parameter);
            }
        }

        private String createdAt() {
            return leader + ".created_at";
        }

        private String id() {
            return leader.equals("o") ? "o.id" : leader + ".order_id";
        }

        private SearchQuery page(String columns, int limit) {
            parameters.add(limit);
            var order = " order by %s desc, %s desc limit ?".formatted(createdAt(), id());
            return new SearchQuery("select " + columns + from + where + order, parameters);
        }
    }
}
