package emporium.ordering;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.contracts.Money;
import emporium.contracts.ordering.OrderStatus;
import emporium.messaging.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads the orders as REST shows them. */
@Singleton
class OrderViews {
    private static final TypeReference<List<OrderView.Item>> ITEMS = new TypeReference<>() {};

    private final Database database;
    private final ObjectMapper json;

    OrderViews(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    Optional<OrderView> find(UUID id) {
        return read("select * from ordering.orders where id = ?", Stream.of(id)).stream()
                .findFirst();
    }

    /**
     * Orders, the newest first.
     *
     * @param customer null for those of all customers
     * @param status null for those of every status
     * @param before the last order of the page before, or null
     */
    List<OrderView> list(UUID customer, OrderStatus status, UUID before, int limit) {
        // A filter that is not asked for is left out: "? is null or ..." would keep the planner from the indexes.
        var sql = "select * from ordering.orders where true"
                + (customer == null ? "" : " and customer_id = ?")
                + (status == null ? "" : " and status = ?::text")
                + (before == null ? "" : " and id < ?")
                + " order by id desc limit ?";
        return read(sql, Stream.of(customer, status == null ? null : status.name(), before, limit));
    }

    /** Orders in the order of their ids. */
    List<OrderView> after(UUID id, int limit) {
        return read("select * from ordering.orders where id > ? order by id limit ?", Stream.of(id, limit));
    }

    /** The present versions of these orders. */
    Map<UUID, Long> versions(Collection<UUID> ids) {
        return database.run("select id, version from ordering.orders where id = any (?)", select -> {
            select.setArray(1, select.getConnection().createArrayOf("uuid", ids.toArray()));
            var versions = new HashMap<UUID, Long>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    versions.put(id(rows, "id"), rows.getLong("version"));
                }
            }
            return versions;
        });
    }

    private List<OrderView> read(String sql, Stream<?> parametersOrNull) {
        var parameters = parametersOrNull.filter(parameter -> parameter != null).toList();
        return database.run(sql, select -> {
            for (int i = 0; i < parameters.size(); i++) {
                select.setObject(i + 1, parameters.get(i));
            }
            return views(select);
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
        var status = OrderStatus.valueOf(row.getString("status"));
        return new OrderView(
                id(row, "id"),
                id(row, "customer_id"),
                id(row, "payment_id"),
                id(row, "shopping_list_id"),
                id(row, "invoice_id"),
                status,
                row.getString("reason"),
                SemanticLock.holder(status),
                items(row.getString("items")),
                new Money(row.getLong("amount"), row.getString("currency")),
                time(row, "created_at"),
                time(row, "updated_at"),
                row.getLong("version"));
    }

    private static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private List<OrderView.Item> items(String stored) {
        try {
            return json.readValue(stored, ITEMS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order's items cannot be read", e);
        }
    }
}
