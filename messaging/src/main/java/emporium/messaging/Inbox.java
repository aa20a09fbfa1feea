package emporium.messaging;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Tells new messages from seen ones, in the transaction of their effects. */
final class Inbox {

    private final DataSource database;
    private final String schema;

    Inbox(DataSource database, String schema) {
        this.database = database;
        this.schema = schema;
    }

    /**
     * Claims messages for a consumer by one statement and returns those that are new. A concurrent claim of the same
     * message by another replica waits for its transaction to end.
     */
    Set<UUID> claim(String consumer, Collection<UUID> ids) {
        var sql = """
                insert into %s.inbox (message_id, consumer) select id, ? from unnest(?::uuid[]) id
                on conflict do nothing returning message_id
                """.formatted(schema);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, consumer);
            // Sorted, so that two replicas with overlapping batches wait for each other in one order.
            statement.setArray(
                    2, connection.createArrayOf("uuid", ids.stream().sorted().toArray()));
            try (var result = statement.executeQuery()) {
                var claimed = new HashSet<UUID>();
                while (result.next()) {
                    claimed.add(result.getObject(1, UUID.class));
                }
                return claimed;
            }
        } catch (SQLException e) {
            if ("23514".equals(e.getSQLState())) {
                throw new IllegalStateException(
                        "a message is too old (or too far in the future) to know whether it was handled before", e);
            }
            throw new DatabaseFailure("claiming messages in the inbox of " + schema, e);
        }
    }
}
