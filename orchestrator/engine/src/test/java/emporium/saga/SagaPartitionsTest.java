package emporium.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.messaging.MessageIds;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SagaPartitionsTest {

    private static final String SCHEMA = "partitions";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant MARCH = Instant.parse("2026-03-01T10:00:00Z");

    @Inject
    DataSource database;

    @Inject
    ObjectMapper json;

    private SagaTables tables;
    private SagaPartitions partitions;

    @BeforeEach
    void anew() {
        tables = new SagaTables(database, SCHEMA, json);
        tables.execute("drop schema if exists %1$s cascade");
        partitions = new SagaPartitions(tables);
    }

    @Test
    void days_to_come_are_made_and_days_past_the_retention_are_dropped() {
        migrate("latest");
        partitions.maintain(MARCH, WEEK);
        assertTrue(exists("saga_history_20260301") && exists("saga_archive_20260303"));
        told(UUID.randomUUID(), MARCH);
        partitions.maintain(MARCH.plus(Duration.ofDays(7)), WEEK);
        assertTrue(exists("saga_history_20260301"));
        partitions.maintain(MARCH.plus(Duration.ofDays(8)), WEEK);
        assertFalse(exists("saga_history_20260301") || exists("saga_archive_20260301"));
    }

    @Test
    void the_history_of_a_saga_that_still_runs_is_kept_however_old_it_is() {
        migrate("latest");
        partitions.maintain(MARCH, WEEK);
        var old = told(UUID.randomUUID(), MARCH);
        tables.update("""
                insert into %1$s.saga (id, definition, definition_version, business_key, status, begun, outstanding,
                    version, created_at, updated_at)
                values (?, 'book-trip', 1, ?, 'RUNNING', '[]', '[]', 1, now(), now())""", statement -> new Parameters(statement).twice(old));
        partitions.maintain(MARCH.plus(Duration.ofDays(100)), WEEK);
        assertTrue(exists("saga_history_20260301"));
        tables.execute("delete from %1$s.saga");
        partitions.maintain(MARCH.plus(Duration.ofDays(100)), WEEK);
        assertFalse(exists("saga_history_20260301"));
    }

    @Test
    void what_came_before_its_day_was_made_moves_into_it() {
        migrate("latest");
        told(UUID.randomUUID(), MARCH);
        partitions.maintain(MARCH, WEEK);
        assertEquals(1, count("saga_history_20260301"));
        assertEquals(0, count("saga_history_default"));
    }

    @Test
    void sagas_of_the_first_release_get_deadlines_and_keep_their_histories() {
        migrate("300");
        var id = MessageIds.derived(UUID.randomUUID(), "saga", MARCH);
        var command = UUID.randomUUID();
        tables.execute("""
                insert into %%1$s.saga (id, definition, definition_version, business_key, status, step, begun,
                    outstanding, version, created_at, updated_at)
                values ('%1$s', 'book-trip', 1, '%1$s', 'RUNNING', 'seat', '["trip", "seat"]',
                    '[{"command": "%2$s", "step": "seat", "kind": "ACTION", "attempt": 1}]', 3, now(), now());
                insert into %%1$s.saga_draft values ('%1$s', '{"id": "%1$s"}')""".formatted(id, command));
        told(id, MARCH);
        migrate("latest");
        partitions.maintain(MARCH, WEEK);
        assertEquals(1, count("saga_history_20260301"));
        var store = new SagaStore(tables, Sagas.of(Trip.WIRE, Trip::refusal, Trip.DEFINITION));
        var later = Instant.now().plus(Duration.ofMinutes(2));
        var due = QuarkusTransaction.requiringNew().call(() -> store.lockDue(later, 10));
        var awaited = due.get(id).progress().outstanding().getFirst();
        assertEquals(command, awaited.command());
        assertTrue(awaited.isDue(later));
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(database)
                .schemas(SCHEMA)
                .locations("db/saga")
                .target(version)
                .load()
                .migrate();
    }

    private UUID told(UUID key, Instant at) {
        var id = MessageIds.timeOf(key).equals(at) ? key : MessageIds.derived(key, "saga", at);
        tables.update("""
                insert into %1$s.saga_history (saga_id, seq, at, kind, outcome, attempt)
                values (?, 1, now(), 'SAGA', 'STARTED', 0)""", statement -> new Parameters(statement).value(id));
        return id;
    }

    private boolean exists(String table) {
        return List.of(true)
                .equals(tables.query(
                        "select to_regclass('%1$s." + table + "') is not null",
                        statement -> {},
                        row -> row.getBoolean(1)));
    }

    private long count(String table) {
        return tables.query("select count(*) from %1$s." + table, statement -> {}, row -> row.getLong(1))
                .getFirst();
    }
}
