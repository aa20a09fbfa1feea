package emporium.messaging;

import emporium.messaging.Transport.Consumption;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * What waits at one endpoint, as gauges: {@code messaging.outbox.bundles} and {@code messaging.outbox.age} (seconds) of
 * what is not known to be published, {@code messaging.parked}, and by consumer {@code messaging.waiting}. Database and
 * broker are asked every ten seconds, and only while somebody looks at the gauges; while they cannot be asked, the gauges
 * have no value. All replicas say the same.
 */
final class Backlog {

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration LOOKED_AT = Duration.ofMinutes(2);

    private final String endpoint;
    private final Setting setting;
    private final Map<String, Consumption> consumptions = new ConcurrentHashMap<>();
    private final Map<String, Long> waiting = new ConcurrentHashMap<>();
    private volatile Instant lookedAt;
    private Instant readAt = Instant.MIN;
    private volatile Tables tables = Tables.UNKNOWN;

    Backlog(String endpoint, Setting setting) {
        this.endpoint = endpoint;
        this.setting = setting;
        // So that there is something to see when somebody looks for the first time.
        this.lookedAt = setting.clock().instant();
        var tags = Tags.of("endpoint", endpoint);
        gauge("messaging.outbox.bundles", tags, own -> own.tables.unpublished())
                .description("Transactions whose messages are not known to be published")
                .register(setting.meters());
        gauge("messaging.outbox.age", tags, own -> own.tables.age())
                .description("Age of the oldest of them; up to the sweep interval is usual")
                .baseUnit("seconds")
                .register(setting.meters());
        gauge("messaging.parked", tags, own -> own.tables.parked())
                .description("Messages that could not be handled and wait for a person")
                .register(setting.meters());
    }

    /** Counts what waits for this consumer too. */
    void watch(String consumer, Consumption consumption) {
        consumptions.put(consumer, consumption);
        gauge("messaging.waiting", Tags.of("endpoint", endpoint, "consumer", consumer), own -> own.waiting(consumer))
                .description("Messages in the stream that are not handled yet")
                .register(setting.meters());
    }

    /** Asks again when the last answers are old and somebody wants to know. */
    void readIfLookedAt() {
        var now = setting.clock().instant();
        if (isWithin(LOOKED_AT, lookedAt, now) && !isWithin(FRESH, readAt, now)) {
            readAt = now;
            try {
                tables = readTables();
                consumptions.forEach((consumer, consumption) -> waiting.put(consumer, consumption.waiting()));
            } catch (RuntimeException e) {
                // What cannot be asked has no value: an old one would hide the outage.
                tables = Tables.UNKNOWN;
                waiting.clear();
                throw e;
            }
        }
    }

    private Gauge.Builder<Backlog> gauge(String name, Tags tags, ToDoubleFunction<Backlog> value) {
        return Gauge.builder(name, this, own -> {
                    own.lookedAt = setting.clock().instant();
                    return value.applyAsDouble(own);
                })
                .tags(tags);
    }

    private double waiting(String consumer) {
        var known = waiting.get(consumer);
        return known == null ? Double.NaN : known;
    }

    private Tables readTables() {
        var sql = """
                select (select count(*) from %1$s.outbox_pending),
                       (select extract(epoch from now() - written_at) from %1$s.outbox_pending
                         where isfinite(written_at) order by position limit 1),
                       (select count(*) from %1$s.parked_message where status = 'PARKED')
                """.formatted(endpoint);
        try (var connection = setting.database().getConnection();
                var statement = connection.prepareStatement(sql);
                var result = statement.executeQuery()) {
            result.next();
            return new Tables(result.getLong(1), result.getDouble(2), result.getLong(3));
        } catch (SQLException e) {
            throw new DatabaseFailure("looking at what waits in " + endpoint, e);
        }
    }

    private static boolean isWithin(Duration limit, Instant then, Instant now) {
        // A clock that was set back is no reason to wait until it is again what it was.
        return !then.equals(Instant.MIN) && Duration.between(then, now).abs().compareTo(limit) < 0;
    }

    private record Tables(double unpublished, double age, double parked) {
        private static final Tables UNKNOWN = new Tables(Double.NaN, Double.NaN, Double.NaN);
    }
}
