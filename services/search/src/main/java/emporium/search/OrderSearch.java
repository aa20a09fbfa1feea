package emporium.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.contracts.Money;
import emporium.contracts.ordering.OrderStatus;
import emporium.messaging.Database;
import emporium.rest.Problem;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Finds orders, the newest first. */
@Singleton
class OrderSearch {
    private static final TypeReference<List<OrderView.Item>> ITEMS = new TypeReference<>() {};

    /** So many orders are looked through for words: as fast as a page, and enough for every word that is frequent. */
    private static final int NEWEST = 2_000;

    private final Database database;
    private final Generations generations;
    private final ObjectMapper json;

    OrderSearch(Database database, Generations generations, ObjectMapper json) {
        this.database = database;
        this.generations = generations;
        this.json = json;
    }

    /** @param last the last order of the page before, or null */
    List<OrderView> find(Filters filters, UUID last, int limit) {
        var tables = new Tables(generations.live());
        var lastCreatedAt = last == null ? null : createdAt(tables, last);
        if (filters.words() == null) {
            return read(SearchQuery.withoutWords(tables, filters, lastCreatedAt, last, limit), this::views);
        }
        var newest = SearchQuery.amongNewest(tables, filters, lastCreatedAt, last, limit, NEWEST);
        var found = read(newest, this::views);
        if (found.size() == limit
                || !read(SearchQuery.moreThan(tables, filters, lastCreatedAt, last, NEWEST), OrderSearch::isThere)) {
            return found;
        }
        return read(SearchQuery.byWords(tables, filters, lastCreatedAt, last, limit), this::views);
    }

    private <T> T read(SearchQuery query, Database.Work<T> result) {
        return database.run(query.sql(), select -> {
            query.set(select);
            return result.on(select);
        });
    }

    private static boolean isThere(PreparedStatement select) throws SQLException {
        try (var row = select.executeQuery()) {
            return row.next();
        }
    }

    private Instant createdAt(Tables tables, UUID order) {
        return database.run("select created_at from %s where id = ?".formatted(tables.orders()), select -> {
            select.setObject(1, order);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw Problem.badInput("cursor", "is not one that a former page has returned as next");
                }
                return time(row, "created_at");
            }
        });
    }

    private List<OrderView> views(PreparedStatement select) throws SQLException {
        var views = new ArrayList<OrderView>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                views.add(view(rows));
            }
        }
        return views;
    }

    private OrderView view(ResultSet row) throws SQLException {
        return new OrderView(
                id(row, "id"),
                id(row, "customer_id"),
                nameOrNull(row.getString("customer_name")),
                id(row, "payment_id"),
                id(row, "shopping_list_id"),
                id(row, "invoice_id"),
                OrderStatus.valueOf(row.getString("status")),
                row.getString("reason"),
                items(row.getString("items")),
                new Money(row.getLong("amount"), row.getString("currency")),
                time(row, "created_at"),
                time(row, "updated_at"),
                row.getLong("version"));
    }

    private static String nameOrNull(String name) {
        return name == null || name.isEmpty() ? null : name;
    }

    private static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private List<OrderView.Item> items(String stored) {
        try {
            return stored == null ? List.of() : json.readValue(stored, ITEMS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order's items cannot be read", e);
        }
    }
}
