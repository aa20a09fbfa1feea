package emporium.ordering;

import static emporium.ordering.Database.column;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.eventsourcing.AggregateType;
import emporium.eventsourcing.Projection;
import emporium.eventsourcing.RecordedEvent;
import emporium.ordering.OrderChange.Approved;
import emporium.ordering.OrderChange.Created;
import emporium.ordering.OrderChange.Rejected;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** Keeps the table that {@link OrderViews} reads: one row an order, written in the transaction that changes it. */
@Singleton
class OrderProjection implements Projection<OrderChange> {
    private final Database database;
    private final ObjectMapper json;

    OrderProjection(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public List<AggregateType<?, ? extends OrderChange>> sources() {
        return List.of(Order.TYPE);
    }

    @Override
    public void empty() {
        database.run("delete from ordering.orders", PreparedStatement::executeUpdate);
    }

    @Override
    public void apply(List<? extends RecordedEvent<? extends OrderChange>> events) {
        var created = new ArrayList<OrderView>();
        var moves = new TreeMap<UUID, Move>();
        for (var event : events) {
            switch (event.data()) {
                case Created c ->
                    created.add(OrderView.created(c, event.metadata().occurredAt()));
                case Approved a -> move(moves, event, OrderStatus.APPROVED, a.shoppingList(), null);
                case Rejected r -> move(moves, event, OrderStatus.REJECTED, null, r.reason());
            }
        }
        // An order's creation is always its first event, so that nothing moves before it is there.
        insert(created);
        update(moves.values());
    }

    /** What one or more events change of a row; null leaves it as it is. */
    private record Move(UUID order, long version, Instant at, OrderStatus status, UUID shoppingList, String reason) {
        Move then(Move next) {
            return new Move(
                    order,
                    next.version,
                    next.at,
                    next.status,
                    next.shoppingList == null ? shoppingList : next.shoppingList,
                    next.reason == null ? reason : next.reason);
        }
    }

    private static void move(
            TreeMap<UUID, Move> moves, RecordedEvent<?> event, OrderStatus status, UUID shoppingList, String reason) {
        var at = event.metadata().occurredAt();
        var move = new Move(event.stream(), event.version(), at, status, shoppingList, reason);
        moves.merge(event.stream(), move, Move::then);
    }

    private void insert(List<OrderView> orders) {
        database.runForAll(orders, """
                insert into ordering.orders
                (id, customer_id, payment_id, status, items, amount, currency, created_at, updated_at, version)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", (insert, order) -> {
            insert.setObject(1, order.id());
            insert.setObject(2, order.customerId());
            insert.setObject(3, order.paymentId());
            insert.setString(4, order.status().name());
            insert.setObject(5, write(order.items()), Types.OTHER);
            insert.setLong(6, order.total().amount());
            insert.setString(7, order.total().currency());
            insert.setObject(8, order.createdAt().atOffset(ZoneOffset.UTC));
            insert.setObject(9, order.updatedAt().atOffset(ZoneOffset.UTC));
            insert.setLong(10, order.version());
        });
    }

    private void update(Collection<Move> moves) {
        if (!moves.isEmpty()) {
            database.run("""
                    update ordering.orders o
                    set status = m.status, updated_at = m.at, version = m.version, reason = coalesce(m.reason, o.reason),
                        shopping_list_id = coalesce(m.shopping_list_id, o.shopping_list_id)
                    from unnest(?, ?, ?, ?, ?, ?) as m (id, version, at, status, shopping_list_id, reason)
                    where o.id = m.id""", update -> executeUpdate(update, moves));
        }
    }

    private static int executeUpdate(PreparedStatement update, Collection<Move> moves) throws SQLException {
        update.setArray(1, column(update, "uuid", moves, Move::order));
        update.setArray(2, column(update, "bigint", moves, Move::version));
        update.setArray(3, column(update, "timestamptz", moves, Move::at));
        update.setArray(4, column(update, "text", moves, move -> move.status().name()));
        update.setArray(5, column(update, "uuid", moves, Move::shoppingList));
        update.setArray(6, column(update, "text", moves, Move::reason));
        return update.executeUpdate();
    }

    private String write(List<OrderView.Item> items) {
        try {
            return json.writeValueAsString(items);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order's items cannot be written as JSON", e);
        }
    }
}
