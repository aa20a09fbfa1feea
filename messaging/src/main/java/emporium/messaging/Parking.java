package emporium.messaging;

import emporium.messaging.Transport.Delivery;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Puts a message that cannot be handled into the endpoint's own database and tells the stream of dead letters. */
final class Parking {

    private static final Logger LOG = Logger.getLogger(Parking.class);

    private final String endpoint;
    private final Setting setting;
    private final Outbox outbox;

    Parking(String endpoint, Setting setting, Outbox outbox) {
        this.endpoint = endpoint;
        this.setting = setting;
        this.outbox = outbox;
    }

    /** Parks the message once, however often it comes. */
    void park(String consumer, Delivery delivery, Throwable failure) {
        var envelope = readable(delivery);
        var reason = Failures.reason(failure);
        var parked = QuarkusTransaction.requiringNew().call(() -> {
            var isNew = insert(consumer, delivery, envelope, reason, Failures.stack(failure));
            if (isNew) {
                outbox.add(deadLetter(consumer, delivery, envelope, reason));
            }
            return isNew;
        });
        if (parked) {
            LOG.errorf(
                    failure,
                    "%s-%s: message %s (%s) is parked after %d attempts: %s",
                    endpoint,
                    consumer,
                    envelope.id(),
                    envelope.type(),
                    delivery.attempt(),
                    reason);
        }
    }

    /** The envelope, or for a message without a readable one as much as can be told, always the same. */
    Envelope readable(Delivery delivery) {
        try {
            return Headers.read(delivery.headers());
        } catch (UndecodableMessage e) {
            var name = delivery.subject() + "/" + delivery.place();
            var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
            return new Envelope(id, delivery.headers().get(Headers.TYPE), null, id, null, null, null, null, null);
        }
    }

    private OutboxRow deadLetter(String consumer, Delivery delivery, Envelope envelope, String reason) {
        var letter = new DeadLetter(
                endpoint,
                consumer,
                envelope.id(),
                envelope.type(),
                delivery.subject(),
                reason,
                new String(delivery.body(), StandardCharsets.UTF_8));
        var id = setting.ids().next();
        var correlation = envelope.correlationId() == null ? id : envelope.correlationId();
        var about = new Envelope(
                id,
                DeadLetter.WIRE_NAME,
                endpoint,
                envelope.key(),
                correlation,
                envelope.id(),
                null,
                null,
                envelope.traceparent());
        return new OutboxRow(Subjects.deadLetter(endpoint), about, Codec.write(letter));
    }

    private boolean insert(String consumer, Delivery delivery, Envelope envelope, String reason, String stack)
            throws SQLException {
        var sql = """
                insert into %s.parked_message (id, message_id, consumer, subject, type, source, key, correlation_id,
                       causation_id, conversation_id, reply_to, traceparent, body, reason, stack, attempts, parked_at, status)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'PARKED')
                on conflict (message_id, consumer) do nothing
                """.formatted(endpoint);
        try (var connection = setting.database().getConnection();
                var statement = connection.prepareStatement(sql)) {
            var column = 1;
            statement.setObject(column++, setting.ids().next());
            statement.setObject(column++, envelope.id());
            statement.setString(column++, consumer);
            statement.setString(column++, delivery.subject());
            statement.setString(column++, envelope.type());
            statement.setString(column++, envelope.source());
            statement.setObject(column++, envelope.key());
            statement.setObject(column++, envelope.correlationId());
            statement.setObject(column++, envelope.causationId());
            statement.setObject(column++, envelope.conversationId());
            statement.setString(column++, envelope.replyTo());
            statement.setString(column++, envelope.traceparent());
            statement.setBytes(column++, delivery.body());
            statement.setString(column++, reason);
            statement.setString(column++, stack);
            statement.setInt(column++, delivery.attempt());
            statement.setTimestamp(column, Timestamp.from(setting.clock().instant()));
            return statement.executeUpdate() == 1;
        }
    }
}
