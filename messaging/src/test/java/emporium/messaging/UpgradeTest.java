package emporium.messaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

/** Tables of an older version, with what was in them when it ended. */
@QuarkusTest
class UpgradeTest {

    private static final String SCHEMA = "upgraded";

    @Inject
    DataSource database;

    @Inject
    MessageIds ids;

    @Test
    void what_was_unpublished_when_each_message_was_a_row_is_still_to_be_published() throws SQLException {
        var message = new OutboxRow(
                "cmd.bakery.1",
                new Envelope(
                        ids.next(), "bakery.Bake.v1", SCHEMA, ids.next(), ids.next(), null, ids.next(), "shop", null),
                "{\"loaves\":1.10}".getBytes(StandardCharsets.UTF_8));
        migrateTo(MigrationVersion.fromVersion("1"));
        writeAsBefore(message);
        migrateTo(MigrationVersion.LATEST);

        var left = QuarkusTransaction.requiringNew().call(() -> new OutboxTable(database, SCHEMA)
                .claim(10, Duration.ZERO).values().stream()
                        .flatMap(List::stream)
                        .toList());

        assertEquals(1, left.size());
        assertEquals(message.subject(), left.getFirst().subject());
        assertEquals(message.envelope(), left.getFirst().envelope());
        assertArrayEquals(message.body(), left.getFirst().body());
    }

    private void migrateTo(MigrationVersion version) {
        Flyway.configure(Thread.currentThread().getContextClassLoader())
                .dataSource(database)
                .defaultSchema(SCHEMA)
                .locations("classpath:db/messaging")
                .target(version)
                .load()
                .migrate();
    }

    private void writeAsBefore(OutboxRow message) throws SQLException {
        var envelope = message.envelope();
        var sql = """
                with kept as (
                    insert into %1$s.outbox (id, subject, type, key, correlation_id, conversation_id, reply_to, body)
                    values (?, ?, ?, ?, ?, ?, ?, ?) returning id)
                insert into %1$s.outbox_pending (id) select id from kept
                """.formatted(SCHEMA);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, envelope.id());
            statement.setString(2, message.subject());
            statement.setString(3, envelope.type());
            statement.setObject(4, envelope.key());
            statement.setObject(5, envelope.correlationId());
            statement.setObject(6, envelope.conversationId());
            statement.setString(7, envelope.replyTo());
            statement.setBytes(8, message.body());
            statement.executeUpdate();
        }
    }
}
