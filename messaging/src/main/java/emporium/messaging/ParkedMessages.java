package emporium.messaging;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The operator's view of parked messages, over all endpoints of this process. */
@Singleton
public final class ParkedMessages {

    private static final String COLUMNS =
            "id, message_id, consumer, subject, type, source, key, correlation_id, causation_id, conversation_id, "
                    + "reply_to, traceparent, body, reason, stack, attempts, parked_at, status, resolved_at, resolved_why";

    private final Setting setting;
    private final Endpoints endpoints;

    ParkedMessages(Setting setting, Endpoints endpoints) {
        this.setting = setting;
        this.endpoints = endpoints;
    }

    /**
     * Messages that wait for a person, the newest first.
     *
     * @param service one endpoint, or null for all of this process
     * @param before the id after which to go on, or null to begin
     */
    public List<ParkedMessage> list(String service, UUID before, int limit) {
        return endpoints.running().stream()
                .filter(running -> service == null || running.name().equals(service))
                .flatMap(running -> parked(running.name(), before, limit).stream())
                .sorted(Comparator.comparing(ParkedMessage::id).reversed())
                .limit(limit)
                .toList();
    }

    /** The message, whatever has become of it. */
    public Optional<ParkedMessage> find(UUID id) {
        return endpoints.running().stream()
                .flatMap(running -> select(running.name(), "where id = ?", id).stream())
                .map(Stored::message)
                .findFirst();
    }

    /**
     * Hands the message to its handler once more, in one transaction with the note that it was done. If a second
     * delivery of it was handled meanwhile, only the note is made.
     *
     * @throws IllegalStateException when the message is not parked (any more)
     * @throws RuntimeException what the handler throws; the message stays parked with the new reason
     */
    public ParkedMessage replay(UUID id, String why) {
        var running = owner(id);
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                var stored = lockParked(running, id);
                running.handleParked(stored.message().consumer(), stored.envelope(), stored.body());
                resolve(running, id, ParkedMessage.Status.REPLAYED, why);
            });
        } catch (NotParked e) {
            throw e;
        } catch (RuntimeException e) {
            QuarkusTransaction.requiringNew().run(() -> noteFailure(running, id, e));
            throw e;
        }
        return find(id).orElseThrow();
    }

    /**
     * Decides that the message will never be handled.
     *
     * @throws IllegalStateException when the message is not parked (any more)
     */
    public ParkedMessage discard(UUID id, String why) {
        var running = owner(id);
        QuarkusTransaction.requiringNew().run(() -> {
            lockParked(running, id);
            resolve(running, id, ParkedMessage.Status.DISCARDED, why);
        });
        return find(id).orElseThrow();
    }

    private RunningEndpoint owner(UUID id) {
        return endpoints.running().stream()
                .filter(running -> !select(running.name(), "where id = ?", id).isEmpty())
                .findFirst()
                .orElseThrow(() -> new NotParked("there is no parked message " + id));
    }

    private Stored lockParked(RunningEndpoint running, UUID id) {
        var stored = select(running.name(), "where id = ? for update", id).getFirst();
        if (stored.message().status() != ParkedMessage.Status.PARKED) {
            throw new NotParked("message " + id + " is " + stored.message().status() + ", not PARKED");
        }
        return stored;
    }

    private List<ParkedMessage> parked(String schema, UUID before, int limit) {
        var rest = "where status = 'PARKED' and (?::uuid is null or id < ?::uuid) order by id desc limit " + limit;
        return select(schema, rest, before, before).stream()
                .map(Stored::message)
                .toList();
    }

    private void resolve(RunningEndpoint running, UUID id, ParkedMessage.Status status, String why) {
        update(
                "update %s.parked_message set status = ?, resolved_at = ?, resolved_why = ? where id = ?"
                        .formatted(running.name()),
                status.name(),
                Timestamp.from(setting.clock().instant()),
                why,
                id);
    }

    private void noteFailure(RunningEndpoint running, UUID id, RuntimeException failure) {
        update(
                "update %s.parked_message set reason = ?, stack = ?, attempts = attempts + 1 where id = ?"
                        .formatted(running.name()),
                Failures.reason(failure),
                Failures.stack(failure),
                id);
    }

    private void update(String sql, Object... parameters) {
        try (var connection = setting.database().getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseFailure("updating a parked message", e);
        }
    }

    private List<Stored> select(String schema, String rest, Object... parameters) {
        var sql = "select %s from %s.parked_message %s".formatted(COLUMNS, schema, rest);
        try (var connection = setting.database().getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var result = statement.executeQuery()) {
                var found = new ArrayList<Stored>();
                while (result.next()) {
                    found.add(stored(schema, result));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new DatabaseFailure("reading parked messages of " + schema, e);
        }
    }

    private static Stored stored(String schema, ResultSet row) throws SQLException {
        var envelope = new Envelope(
                row.getObject("message_id", UUID.class),
                row.getString("type"),
                row.getString("source"),
                row.getObject("key", UUID.class),
                row.getObject("correlation_id", UUID.class),
                row.getObject("causation_id", UUID.class),
                row.getObject("conversation_id", UUID.class),
                row.getString("reply_to"),
                row.getString("traceparent"));
        var body = row.getBytes("body");
        var message = new ParkedMessage(
                row.getObject("id", UUID.class),
                schema,
                row.getString("consumer"),
                envelope.id(),
                envelope.type(),
                envelope.source(),
                envelope.key(),
                envelope.correlationId(),
                row.getString("subject"),
                new String(body, StandardCharsets.UTF_8),
                row.getString("reason"),
                row.getString("stack"),
                row.getInt("attempts"),
                instant(row.getTimestamp("parked_at")),
                ParkedMessage.Status.valueOf(row.getString("status")),
                instant(row.getTimestamp("resolved_at")),
                row.getString("resolved_why"));
        return new Stored(message, envelope, body);
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private record Stored(ParkedMessage message, Envelope envelope, byte[] body) {}

    private static final class NotParked extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private NotParked(String message) {
            super(message);
        }
    }
}
