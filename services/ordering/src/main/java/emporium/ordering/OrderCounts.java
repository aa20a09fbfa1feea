package emporium.ordering;

import emporium.contracts.ordering.OrderStatus;
import emporium.messaging.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How many orders there are of each status, however many there are: those on their way are counted in an index, and
 * finished ones, which never change again, are counted once. What is read is bounded by the orders on their way and
 * those finished in the last minutes.
 */
@Singleton
class OrderCounts {
    /** Longer than any transaction takes and any two clocks differ, so that nothing is finished before it any more. */
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private static final Duration STEP = Duration.ofMinutes(1);

    static final String COUNT = """
            select status, count(*) as orders from ordering.orders
            where status in ('PENDING', 'APPROVED', 'READY', 'CANCELLING')
            group by status
            union all
            select f.status, f.settled + (
                select count(*) from ordering.orders o
                where o.status = f.status and o.status in ('COMPLETED', 'REJECTED', 'CANCELLED')
                  and o.updated_at >= f.settled_until)
            from ordering.finished_orders f""";

    static final String SETTLE = """
            update ordering.finished_orders f
            set settled_until = ?, settled = settled + (
                select count(*) from ordering.orders o
                where o.status = f.status and o.status in ('COMPLETED', 'REJECTED', 'CANCELLED')
                  and o.updated_at >= f.settled_until and o.updated_at < ?)
            where f.settled_until < ?""";

    private final Database database;
    private final InstantSource clock;

    OrderCounts(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    Map<OrderStatus, Long> byStatus() {
        settle(clock.instant().minus(SETTLED));
        return database.run(COUNT, OrderCounts::read);
    }

    /** Counts what was finished since the last time; a second one at the same moment waits and finds nothing to do. */
    int settle(Instant until) {
        return database.run(SETTLE, update -> {
            update.setObject(1, until.atOffset(ZoneOffset.UTC));
            update.setObject(2, until.atOffset(ZoneOffset.UTC));
            update.setObject(3, until.minus(STEP).atOffset(ZoneOffset.UTC));
            return update.executeUpdate();
        });
    }

    private static Map<OrderStatus, Long> read(PreparedStatement select) throws SQLException {
        var counts = new EnumMap<OrderStatus, Long>(OrderStatus.class);
        Stream.of(OrderStatus.values()).forEach(status -> counts.put(status, 0L));
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                counts.put(OrderStatus.valueOf(rows.getString("status")), rows.getLong("orders"));
            }
        }
        return counts;
    }
}
