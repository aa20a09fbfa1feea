package emporium.ordering;

import static emporium.messaging.Database.column;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.contracts.ordering.OrderStatus;
import emporium.eventsourcing.AggregateType;
import emporium.eventsourcing.Projection;
import emporium.eventsourcing.RecordedEvent;
import emporium.messaging.Database;
import emporium.ordering.OrderChange.Approved;
import emporium.ordering.OrderChange.ApprovedTooLate;
import emporium.ordering.OrderChange.CancelRequested;
import emporium.ordering.OrderChange.Cancelled;
import emporium.ordering.OrderChange.Completed;
import emporium.ordering.OrderChange.Created;
import emporium.ordering.OrderChange.FetchedBeforehand;
import emporium.ordering.OrderChange.Invoiced;
import emporium.ordering.OrderChange.Readied;
import emporium.ordering.OrderChange.Rejected;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
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
        database.run(
                "update ordering.finished_orders set settled = 0, settled_until = '-infinity'",
                PreparedStatement::executeUpdate);
    }

    @Override
    public void apply(List<? extends RecordedEvent<? extends OrderChange>> events) {
        var created = new ArrayList<OrderView>();
        var moves = new TreeMap<UUID, Move>();
        for (var event : events) {
            if (event.data() instanceof Created c) {
                created.add(OrderView.created(c, event.metadata().occurredAt()));
            } else {
                moves.merge(event.stream(), Move.of(event), Move::then);
            }
        }
        // An order's creation is always its first event, so that nothing moves before it is there.
        insert(created);
        update(moves.values());
    }

    /** What one or more events change of a row; null leaves it as it is. A reason that was given first stays. */
    private record Move(
            UUID order, long version, Instant at, OrderStatus status, UUID shoppingList, UUID invoice, String reason) {

        static Move of(RecordedEvent<? extends OrderChange> event) {
            return switch (event.data()) {
                case Created _ -> throw new IllegalArgumentException("a creation moves nothing");
                case Approved a -> move(event, OrderStatus.APPROVED, a.shoppingList(), null, null);
                case Rejected r -> move(event, OrderStatus.REJECTED, null, null, r.reason());
                case FetchedBeforehand _ -> move(event, null, null, null, null);
                case Readied r -> move(event, OrderStatus.READY, r.shoppingList(), null, null);
                case Invoiced i -> move(event, null, null, i.invoice(), null);
                case Completed c -> move(event, OrderStatus.COMPLETED, null, c.invoice(), null);
                case CancelRequested c -> move(event, OrderStatus.CANCELLING, null, null, c.reason());
                case ApprovedTooLate a -> move(event, null, a.shoppingList(), null, null);
                case Cancelled c -> move(event, OrderStatus.CANCELLED, null, null, c.reason());
            };
        }

        private static Move move(
                RecordedEvent<?> event, OrderStatus status, UUID shoppingList, UUID invoice, String reason) {
            var at = event.metadata().occurredAt();
            return new Move(event.stream(), event.version(), at, status, shoppingList, invoice, reason);
        }

        Move then(Move next) {
            return new Move(
                    order,
                    next.version,
                    next.at,
                    newest(status, next.status),
                    newest(shoppingList, next.shoppingList),
                    newest(invoice, next.invoice),
                    newest(next.reason, reason));
        }

        private static <T> T newest(T before, T after) {
            return after == null ? before : after;
        }
    }

    private void insert(List<OrderView> orders) {
        if (!orders.isEmpty()) {
            database.run("""
                    insert into ordering.orders
                    (id, customer_id, payment_id, status, items, amount, currency, created_at, updated_at, version)
                    select id, customer, payment, status, items::jsonb, amount, currency, created_at, updated_at, version
                    from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as o
                        (id, customer, payment, status, items, amount, currency, created_at, updated_at, version)""", insert -> executeInsert(insert, orders));
        }
    }

    private int executeInsert(PreparedStatement insert, Collection<OrderView> orders) throws SQLException {
        insert.setArray(1, column(insert, "uuid", orders, OrderView::id));
        insert.setArray(2, column(insert, "uuid", orders, OrderView::customerId));
        insert.setArray(3, column(insert, "uuid", orders, OrderView::paymentId));
        insert.setArray(4, column(insert, "text", orders, OrderView::status));
        insert.setArray(5, column(insert, "text", orders, order -> write(order.items())));
        insert.setArray(
                6, column(insert, "bigint", orders, order -> order.total().amount()));
        insert.setArray(7, column(insert, "text", orders, order -> order.total().currency()));
        insert.setArray(8, column(insert, "timestamptz", orders, OrderView::createdAt));
        insert.setArray(9, column(insert, "timestamptz", orders, OrderView::updatedAt));
        insert.setArray(10, column(insert, "bigint", orders, OrderView::version));
        return insert.executeUpdate();
    }

    private void update(Collection<Move> moves) {
        if (!moves.isEmpty()) {
            database.run("""
                    update ordering.orders o
                    set status = coalesce(m.status, o.status), updated_at = m.at, version = m.version,
                        reason = coalesce(o.reason, m.reason), invoice_id = coalesce(m.invoice_id, o.invoice_id),
                        shopping_list_id = coalesce(m.shopping_list_id, o.shopping_list_id)
                    from unnest(?, ?, ?, ?, ?, ?, ?) as m (id, version, at, status, shopping_list_id, invoice_id, reason)
                    where o.id = m.id""", update -> executeUpdate(update, moves));
        }
    }

    private static int executeUpdate(PreparedStatement update, Collection<Move> moves) throws SQLException {
        update.setArray(1, column(update, "uuid", moves, Move::order));
        update.setArray(2, column(update, "bigint", moves, Move::version));
        update.setArray(3, column(update, "timestamptz", moves, Move::at));
        update.setArray(4, column(update, "text", moves, Move::status));
        update.setArray(5, column(update, "uuid", moves, Move::shoppingList));
        update.setArray(6, column(update, "uuid", moves, Move::invoice));
        update.setArray(7, column(update, "text", moves, Move::reason));
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
