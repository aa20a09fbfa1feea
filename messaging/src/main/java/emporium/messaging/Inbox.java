package emporium.messaging;

import java.sql.SQLException;
import java.sql.Types;
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
     * Claims messages that are most likely new, by one statement.
     *
     * @param bundle where the replies will be kept; null where there are none
     * @throws SeenBefore when any of them is not; the transaction is lost then, and the next one asks {@link #claim}. A
     *     claim that expects repetitions costs a quarter more WAL, and they are rare
     */
    Set<UUID> claimUnseen(String consumer, Collection<UUID> ids, UUID bundle) {
        return insert(consumer, ids, bundle, "");
    }

    /**
     * Claims messages for a consumer by one statement and returns those that are new. A concurrent claim of the same
     * message by another replica waits for its transaction to end.
     */
    Set<UUID> claim(String consumer, Collection<UUID> ids, UUID bundle) {
        return insert(consumer, ids, bundle, "on conflict do nothing");
    }

    private Set<UUID> insert(String consumer, Collection<UUID> ids, UUID bundle, String unlessSeen) {
        var sql = """
                insert into %s.inbox (message_id, consumer, bundle) select id, ?, ? from unnest(?::uuid[]) id
                %s returning message_id
                """.formatted(schema, unlessSeen);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, consumer);
            statement.setObject(2, bundle, Types.OTHER);
            // Sorted, so that two replicas with overlapping batches wait for each other in one order.
            statement.setArray(
                    3, connection.createArrayOf("uuid", ids.stream().sorted().toArray()));
            try (var result = statement.executeQuery()) {
                var claimed = new HashSet<UUID>();
                while (result.next()) {
                    claimed.add(result.getObject(1, UUID.class));
                }
                return claimed;
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private RuntimeException failure(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "23505" -> new SeenBefore(e);
            case "23514" ->
                new IllegalStateException(
                        "a message is too old (or too far in the future) to know whether it was handled before", e);
            default -> new DatabaseFailure("claiming messages in the inbox of " + schema, e);
        };
    }

    /** One of the messages is in the inbox already. */
    static final class SeenBefore extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private SeenBefore(SQLException cause) {
            super("a message was claimed before", cause);
        }
    }
}
