package emporium.rest;

import static emporium.messaging.Database.column;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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

    /** An answer with its body as it is sent. */
    record Written(Answer answer, String text) {}

    /** The first request with a key, and its answer. */
    record Kept(byte[] request, int status, String location, String body) {}

    /**
     * Takes the keys within the present transaction, all in one order, so that two who take the same wait for each other
     * and never in a ring.
     *
     * @param uses of one service
     * @return those whose keys no earlier request has; of several with the same key, the first
     */
    List<KeyUse> take(Collection<KeyUse> uses) {
        if (uses.isEmpty()) {
            return List.of();
        }
        var sql = """
                insert into %s.idempotency_key (endpoint, key, request, created_at)
                select distinct on (endpoint, key) endpoint, key, decode(request, 'hex'), ?
                from unnest(?, ?, ?) with ordinality as u (endpoint, key, request, place)
                order by endpoint, key, place
                on conflict do nothing returning endpoint, key""".formatted(schema(uses));
        return run(sql, insert -> {
            insert.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
            insert.setArray(2, column(insert, "text", uses, KeyUse::endpoint));
            insert.setArray(3, column(insert, "text", uses, KeyUse::key));
            insert.setArray(
                    4, column(insert, "text", uses, use -> HexFormat.of().formatHex(use.request())));
            return firsts(insert.executeQuery(), uses);
        });
    }

    private static List<KeyUse> firsts(ResultSet taken, Collection<KeyUse> uses) throws SQLException {
        var firsts = new ArrayList<KeyUse>();
        while (taken.next()) {
            var endpoint = taken.getString(1);
            var key = taken.getString(2);
            uses.stream().filter(use -> use.sameKey(endpoint, key)).findFirst().ifPresent(firsts::add);
        }
        return firsts;
    }

    /** Keeps what those were answered who have taken their keys. */
    void keep(Map<KeyUse, Written> answers) {
        if (answers.isEmpty()) {
            return;
        }
        var sql = """
                update %s.idempotency_key k
                set status = u.status, location = u.location, body = u.body
                from unnest(?, ?, ?, ?, ?) as u (endpoint, key, status, location, body)
                where k.endpoint = u.endpoint and k.key = u.key""".formatted(schema(answers.keySet()));
        run(sql, update -> {
            update.setArray(1, column(update, "text", answers.keySet(), KeyUse::endpoint));
            update.setArray(2, column(update, "text", answers.keySet(), KeyUse::key));
            update.setArray(3, column(update, "int4", answers.values(), answer -> answer.answer()
                    .status()));
            update.setArray(4, column(update, "text", answers.values(), answer -> answer.answer()
                    .location()));
            update.setArray(5, column(update, "text", answers.values(), Written::text));
            return update.executeUpdate();
        });
    }

    private static String schema(Collection<KeyUse> uses) {
        return uses.iterator().next().schema();
    }

    Optional<Kept> find(KeyUse use) {
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
