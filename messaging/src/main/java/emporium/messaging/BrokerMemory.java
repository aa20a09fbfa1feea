package emporium.messaging;

import emporium.messaging.Transport.StreamState;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Finds out when the broker has forgotten acknowledged messages (JetStream acknowledges before it syncs to disk, and a
 * volume can be lost), and has everything published again that is still kept. Message ids stay the same, so inboxes
 * drop what did arrive.
 */
final class BrokerMemory {

    private static final Logger LOG = Logger.getLogger(BrokerMemory.class);

    private final DataSource database;
    private final String schema;
    private final OutboxTable outbox;
    private Map<String, Long> remembered = Map.of();

    BrokerMemory(DataSource database, String schema, OutboxTable outbox) {
        this.database = database;
        this.schema = schema;
        this.outbox = outbox;
    }

    /**
     * How far this service knows each stream to have come. To be asked before the broker is: what others, or this
     * process, publish between the two answers would look as if the broker had forgotten it.
     */
    Map<String, Long> recall(OutboxRelay relay) {
        var known = new HashMap<>(relay.lastSequences());
        QuarkusTransaction.requiringNew()
                .run(() -> readKnown().forEach((stream, last) -> known.merge(stream, last, Math::max)));
        return known;
    }

    /** Compares the streams with what was known of them before; returns how many messages must be published again. */
    int check(List<StreamState> streams, Map<String, Long> before, OutboxRelay relay) {
        var again = QuarkusTransaction.requiringNew().call(() -> {
            var count = 0;
            for (var stream : streams) {
                count += check(stream, before.getOrDefault(stream.stream(), 0L));
            }
            return count;
        });
        if (again > 0) {
            relay.forgetSequences();
            relay.fallBehind();
        }
        return again;
    }

    /** Notes the ends of the streams, in the caller's transaction, if they have moved. */
    void remember(Map<String, Long> lastSequences) throws SQLException {
        var now = new HashMap<>(lastSequences);
        if (now.equals(remembered)) {
            return;
        }
        var sql = """
                update %s.broker_stream b set last_sequence = v.last_sequence
                  from unnest(?::text[], ?::bigint[]) v (stream, last_sequence)
                 where b.stream = v.stream and b.last_sequence < v.last_sequence
                """.formatted(schema);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", now.keySet().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("bigint", now.values().toArray()));
            statement.executeUpdate();
        }
        remembered = now;
    }

    private int check(StreamState stream, long lastBefore) throws SQLException {
        var known = lockKnown(stream);
        var forgot = known != null && (!known.created().equals(stream.created()) || lastBefore > stream.lastSequence());
        if (known != null && !forgot) {
            return 0;
        }
        store(stream);
        return forgot ? publishAgain(stream) : 0;
    }

    private int publishAgain(StreamState stream) throws SQLException {
        var prefix = Subjects.all(stream.stream()).replace(">", "");
        var count = outbox.publishAgain(prefix);
        LOG.logf(
                count > 0 ? Logger.Level.WARN : Logger.Level.DEBUG,
                "the broker's stream %s has forgotten messages that it had acknowledged: %s publishes %d again",
                stream.stream(),
                schema,
                count);
        return count;
    }

    private Map<String, Long> readKnown() {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "select stream, last_sequence from %s.broker_stream".formatted(schema))) {
            var known = new HashMap<String, Long>();
            while (result.next()) {
                known.put(result.getString(1), result.getLong(2));
            }
            return known;
        } catch (SQLException e) {
            throw new DatabaseFailure("reading what " + schema + " knows of the broker", e);
        }
    }

    /** Locked, so that one replica publishes again and not all of them. */
    private StreamState lockKnown(StreamState stream) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(
                        "select created, last_sequence from %s.broker_stream where stream = ? for update"
                                .formatted(schema))) {
            statement.setString(1, stream.stream());
            try (var result = statement.executeQuery()) {
                return result.next()
                        ? new StreamState(
                                stream.stream(), result.getTimestamp(1).toInstant(), result.getLong(2))
                        : null;
            }
        }
    }

    private void store(StreamState stream) throws SQLException {
        var sql = """
                insert into %s.broker_stream (stream, created, last_sequence) values (?, ?, ?)
                on conflict (stream) do update set created = excluded.created, last_sequence = excluded.last_sequence
                """.formatted(schema);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, stream.stream());
            statement.setTimestamp(2, Timestamp.from(stream.created()));
            statement.setLong(3, stream.lastSequence());
            statement.executeUpdate();
        }
    }
}
