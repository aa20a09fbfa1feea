package emporium.messaging;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The SQL of one endpoint's outbox. Every method works in the caller's transaction. */
final class OutboxTable {

    private final DataSource database;
    private final String schema;

    OutboxTable(DataSource database, String schema) {
        this.database = database;
        this.schema = schema;
    }

    /**
     * Writes the messages of a transaction and, in the same statement, forgets published ones.
     *
     * @return the position of the bundle
     */
    long write(UUID bundle, List<OutboxRow> messages, Collection<Long> published) throws SQLException {
        var sql = """
                with gone as (delete from %1$s.outbox_pending where position = any(?)),
                     kept as (insert into %1$s.outbox (id, size, kinds, messages) values (?, ?, ?, ?) returning id)
                insert into %1$s.outbox_pending (bundle) select id from kept returning position
                """.formatted(schema);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("bigint", published.toArray()));
            statement.setObject(2, bundle);
            statement.setInt(3, messages.size());
            statement.setString(4, kinds(messages));
            statement.setString(5, Bundles.write(messages));
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** Claims the oldest unpublished bundles that no other sweeper holds, until the end of the transaction. */
    Map<Long, List<OutboxRow>> claim(int limit, Duration olderThan) throws SQLException {
        var sql = """
                select p.position, coalesce(p.subjects, '') as subjects, o.messages
                  from %1$s.outbox_pending p join %1$s.outbox o on o.id = p.bundle
                 where p.written_at <= now() - make_interval(secs => ?)
                 order by p.position limit ?
                   for update of p skip locked
                """.formatted(schema);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setDouble(1, olderThan.toMillis() / 1000.0);
            statement.setInt(2, limit);
            try (var result = statement.executeQuery()) {
                var claimed = new LinkedHashMap<Long, List<OutboxRow>>();
                while (result.next()) {
                    var subjects = result.getString("subjects");
                    var messages = Bundles.read(result.getString("messages"));
                    messages.removeIf(message -> !message.subject().startsWith(subjects));
                    claimed.put(result.getLong("position"), messages);
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

    /** The replies given before to these commands, as far as they are still kept. */
    List<OutboxRow> findReplies(String consumer, Collection<UUID> commands) throws SQLException {
        var replies = commands.stream().map(Outbox::replyId).collect(Collectors.toSet());
        var sql = """
                select messages from %1$s.outbox where id in (
                    select bundle from %1$s.inbox where message_id = any(?) and consumer = ?)
                """.formatted(schema);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", commands.toArray()));
            statement.setString(2, consumer);
            try (var result = statement.executeQuery()) {
                var found = new ArrayList<OutboxRow>();
                while (result.next()) {
                    Bundles.read(result.getString(1)).stream()
                            .filter(message ->
                                    replies.contains(message.envelope().id()))
                            .forEach(found::add);
                }
                return found;
            }
        }
    }

    /**
     * Marks all kept bundles as unpublished, as to messages whose subjects begin so, at new positions: the old ones may
     * be in the memory of a replica, acknowledged by a broker that has forgotten them since, and are about to be deleted.
     * What was marked so before, and is not being published right now, is not published twice. The newest come first:
     * among them are those that nobody has handled yet, and others wait for them.
     */
    int publishAgain(String subjects) throws SQLException {
        var sql = """
                with marked as (select position from %1$s.outbox_pending where subjects = ? for update skip locked),
                     gone as (delete from %1$s.outbox_pending where position in (select position from marked))
                insert into %1$s.outbox_pending (bundle, subjects, written_at)
                select id, ?, '-infinity' from %1$s.outbox where strpos(kinds, ?) > 0 order by id desc
                """.formatted(schema);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, subjects);
            statement.setString(2, subjects);
            statement.setString(3, subjects);
            return statement.executeUpdate();
        }
    }

    private static String kinds(List<OutboxRow> messages) {
        return messages.stream()
                .map(message -> Subjects.kind(message.subject()))
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
