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
 */
record SearchQuery(String sql, List<Object> parameters) {

    static SearchQuery of(Tables tables, Filters filters, Instant lastCreatedAt, UUID last, int limit) {
        var query = new Builder(tables);
        query.link(tables.products(), "p", "product_id", filters.productId());
        query.link(tables.stores(), "s", "store_id", filters.storeId());
        query.where("o.customer_id = ?", filters.customerId());
        query.where(
                "o.status = ?",
                filters.status() == null ? null : filters.status().name());
        query.where(
                "o.words @@ websearch_to_tsquery('simple', ?)",
                filters.q() == null || filters.q().isBlank() ? null : filters.q());
        query.where("o.amount >= ?", filters.minTotal());
        query.where("o.amount <= ?", filters.maxTotal());
        query.where(query.createdAt() + " >= ?", filters.after());
        query.where(query.createdAt() + " < ?", filters.before());
        if (last != null) {
            query.where("(%s, %s) < (?, ?)".formatted(query.createdAt(), query.id()), lastCreatedAt);
            query.parameters.add(last);
        }
        return query.build(limit);
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

    private static final class Builder {
        private final StringBuilder from;
        private final StringBuilder where = new StringBuilder(" where true");
        private final List<Object> parameters = new ArrayList<>();
        /** The table whose key gives the order of the answer. */
        private String leader = "o";

        private Builder(Tables tables) {
            from = new StringBuilder("select o.* from ").append(tables.orders()).append(" o");
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

        private SearchQuery build(int limit) {
            parameters.add(limit);
            var order = " order by %s desc, %s desc limit ?".formatted(createdAt(), id());
            return new SearchQuery(from.toString() + where + order, parameters);
        }
    }
}
