package emporium.messaging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/** The SQL of one endpoint's outbox. Every method works in the caller's transaction. */
final class OutboxTable {

    private static final String COLUMNS =
            "o.id, o.subject, o.type, o.key, o.correlation_id, o.causation_id, o.conversation_id, o.reply_to, o.traceparent, o.body";

    private final DataSource database;
    private final String schema;

    OutboxTable(DataSource database, String schema) {
        this.database = database;
        this.schema = schema;
    }

    /**
     * Writes messages and, in the same statement, forgets published ones.
     *
     * @return the positions of the new messages, in their order
     */
    List<Long> write(List<OutboxRow> rows, Collection<Long> published) throws SQLException {
        var sql = """
                with gone as (delete from %1$s.outbox_pending where position = any(?)),
                     kept as (insert into %1$s.outbox (id, subject, type, key, correlation_id, causation_id,
                                                       conversation_id, reply_to, traceparent, body)
                              select * from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::uuid[],
                                                   ?::uuid[], ?::text[], ?::text[], ?::bytea[])
                              returning id)
                insert into %1$s.outbox_pending (id) select id from kept returning position
                """.formatted(schema);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("bigint", published.toArray()));
            var column = 2;
            set(statement, column++, "uuid", rows, row -> row.envelope().id());
            set(statement, column++, "text", rows, OutboxRow::subject);
            set(statement, column++, "text", rows, row -> row.envelope().type());
            set(statement, column++, "uuid", rows, row -> row.envelope().key());
            set(statement, column++, "uuid", rows, row -> row.envelope().correlationId());
            set(statement, column++, "uuid", rows, row -> row.envelope().causationId());
            set(statement, column++, "uuid", rows, row -> row.envelope().conversationId());
            set(statement, column++, "text", rows, row -> row.envelope().replyTo());
            set(statement, column++, "text", rows, row -> row.envelope().traceparent());
            statement.setArray(
                    column,
                    connection.createArrayOf(
                            "bytea", rows.stream().map(OutboxRow::body).toArray(byte[][]::new)));
            return positions(statement);
        }
    }

    /** Claims the oldest unpublished messages that no other sweeper holds, until the end of the transaction. */
    Map<Long, OutboxRow> claim(int limit, Duration olderThan) throws SQLException {
        var sql = """
                select p.position, %2$s
                  from %1$s.outbox_pending p join %1$s.outbox o on o.id = p.id
                 where p.written_at <= now() - make_interval(secs => ?)
                 order by p.position limit ?
                   for update of p skip locked
                """.formatted(schema, COLUMNS);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setDouble(1, olderThan.toMillis() / 1000.0);
            statement.setInt(2, limit);
            try (var result = statement.executeQuery()) {
                var claimed = new LinkedHashMap<Long, OutboxRow>();
                while (result.next()) {
                    claimed.put(result.getLong("position"), row(result));
                }
                return claimed;
            }
        }
    }

    void forget(Collection<Long> published) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(
                        "delete from %s.outbox_pending where position = any(?)".formatted(schema))) {
            statement.setArray(1, connection.createArrayOf("bigint", published.toArray()));
            statement.executeUpdate();
        }
    }

    /** Messages sent before, as far as they are still kept. */
    List<OutboxRow> find(Collection<UUID> ids) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(
                        "select %2$s from %1$s.outbox o where o.id = any(?)".formatted(schema, COLUMNS))) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (var result = statement.executeQuery()) {
                var found = new ArrayList<OutboxRow>();
                while (result.next()) {
                    found.add(row(result));
                }
                return found;
            }
        }
    }

    /**
     * Marks all kept messages with these subjects as unpublished, at new positions: the old ones may be in the memory of
     * a replica, acknowledged by a broker that has forgotten them since, and are about to be deleted. A row that somebody
     * holds is one of those, or is published twice.
     */
    int publishAgain(String subjectPrefix) throws SQLException {
        var sql = """
                with kept as (select id from %1$s.outbox where subject like ?),
                     free as (select position from %1$s.outbox_pending p where p.id in (select id from kept)
                                 for update skip locked),
                     gone as (delete from %1$s.outbox_pending where position in (select position from free))
                insert into %1$s.outbox_pending (id, written_at) select id, '-infinity' from kept order by id
                """.formatted(schema);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, subjectPrefix + "%");
            return statement.executeUpdate();
        }
    }

    private static List<Long> positions(PreparedStatement statement) throws SQLException {
        try (var result = statement.executeQuery()) {
            var positions = new ArrayList<Long>();
            while (result.next()) {
                positions.add(result.getLong(1));
            }
            return positions;
        }
    }

    private OutboxRow row(ResultSet result) throws SQLException {
        var envelope = new Envelope(
                result.getObject("id", UUID.class),
                result.getString("type"),
                schema,
                result.getObject("key", UUID.class),
                result.getObject("correlation_id", UUID.class),
                result.getObject("causation_id", UUID.class),
                result.getObject("conversation_id", UUID.class),
                result.getString("reply_to"),
                result.getString("traceparent"));
        return new OutboxRow(result.getString("subject"), envelope, result.getBytes("body"));
    }

    private static void set(
            PreparedStatement statement,
            int index,
            String type,
            List<OutboxRow> rows,
            Function<OutboxRow, Object> column)
            throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(
                index, connection.createArrayOf(type, rows.stream().map(column).toArray()));
    }
}
