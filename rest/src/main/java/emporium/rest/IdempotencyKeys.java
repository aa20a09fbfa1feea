package emporium.rest;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;

/** The idempotency keys of a service, in its own schema. */
@Singleton
class IdempotencyKeys {

    static final Duration KEPT = Duration.ofHours(24);
    static final int SWEPT_AT_ONCE = 500;

    private final DataSource database;
    private final InstantSource clock;

    IdempotencyKeys(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** One request with a key. */
    record Use(String schema, String endpoint, String key, byte[] request) {}

    /** The first request with a key, and its answer. */
    record Kept(byte[] request, int status, String location, String body) {}

    /** Takes the key within the present transaction; false when an earlier request has it. */
    boolean take(Use use) {
        var sql = """
                insert into %s.idempotency_key (endpoint, key, request, created_at)
                values (?, ?, ?, ?)
                on conflict do nothing""".formatted(use.schema());
        return run(sql, insert -> {
            insert.setString(1, use.endpoint());
            insert.setString(2, use.key());
            insert.setBytes(3, use.request());
            insert.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
            return insert.executeUpdate() == 1;
        });
    }

    void keep(Use use, Answer answer, String body) {
        var sql = """
                update %s.idempotency_key
                set status = ?, location = ?, body = ?
                where endpoint = ? and key = ?""".formatted(use.schema());
        run(sql, update -> {
            update.setInt(1, answer.status());
            update.setString(2, answer.location());
            update.setString(3, body);
            update.setString(4, use.endpoint());
            update.setString(5, use.key());
            return update.executeUpdate();
        });
    }

    Optional<Kept> find(Use use) {
        var sql = """
                select request, status, location, body
                from %s.idempotency_key
                where endpoint = ? and key = ?""".formatted(use.schema());
        return run(sql, select -> {
            select.setString(1, use.endpoint());
            select.setString(2, use.key());
            try (var row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Kept(row.getBytes(1), row.getInt(2), row.getString(3), row.getString(4)))
                        : Optional.empty();
            }
        });
    }

    boolean usedBy(String schema) {
        return run("select to_regclass(?) is not null", select -> {
            select.setString(1, schema + ".idempotency_key");
            try (var row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        });
    }

    /** Deletes some keys that are too old and returns how many; sweepers of other replicas do not wait for this one. */
    int sweepOnce(String schema) {
        var sql = """
                delete from %1$s.idempotency_key
                where ctid = any (array(
                    select ctid from %1$s.idempotency_key
                    where created_at < ?
                    order by created_at
                    limit ?
                    for update skip locked))""".formatted(schema);
        return run(sql, delete -> {
            delete.setObject(1, clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC));
            delete.setInt(2, SWEPT_AT_ONCE);
            return delete.executeUpdate();
        });
    }

    private <T> T run(String sql, Work<T> work) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IdempotencyFailed(e);
        }
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
