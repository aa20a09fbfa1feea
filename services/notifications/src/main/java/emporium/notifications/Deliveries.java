package emporium.notifications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.messaging.Database;
import emporium.messaging.MessageIds;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The records of all letters, those that are still to be sent among them. */
@Singleton
class Deliveries {
    private static final String EMAIL = "EMAIL";

    private final Database database;
    private final ObjectMapper json;
    private final MessageIds ids;
    private final InstantSource clock;

    Deliveries(Database database, ObjectMapper json, MessageIds ids, InstantSource clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** Adds a letter for each, unless there is one of that order and occasion. Part of the caller's transaction. */
    void plan(List<Notice> notices) {
        var now = clock.instant();
        database.runForAll(notices, """
                insert into notifications.delivery
                (id, event_id, order_id, customer_id, occasion, step, channel, facts, state, due_at, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', ?, ?) on conflict do nothing""", (insert, notice) -> {
            insert.setObject(1, ids.next());
            insert.setObject(2, notice.event());
            insert.setObject(3, notice.order());
            insert.setObject(4, notice.customer());
            insert.setString(5, notice.occasion().name());
            insert.setInt(6, notice.occasion().ordinal());
            insert.setString(7, EMAIL);
            insert.setObject(8, write(notice.facts()), Types.OTHER);
            insert.setObject(9, utc(now));
            insert.setObject(10, utc(now));
        });
    }

    /**
     * Claims letters that are due for one sender until some time; one that was never tried is due, whatever the clock
     * said when it was written. Those of one order go out one after the other: a later one waits for the end of those
     * before it. A letter whose sender has died in the middle is due again, and
     * then it is not known whether its mail went out.
     */
    List<Delivery> claim(Instant now, Instant until, int most) {
        return database.run("""
                with due as (
                    select id from notifications.delivery d
                    where state in ('PENDING', 'SENDING') and (due_at <= ? or attempts = 0) and not exists (
                        select from notifications.delivery earlier
                        where earlier.order_id = d.order_id and earlier.step < d.step
                            and earlier.state in ('PENDING', 'SENDING'))
                    order by due_at limit ? for update skip locked)
                update notifications.delivery d set state = 'SENDING', attempts = attempts + 1, due_at = ?
                from due where d.id = due.id returning d.*""", update -> {
            update.setObject(1, utc(now));
            update.setInt(2, most);
            update.setObject(3, utc(until));
            return deliveries(update);
        });
    }

    /** The mail server has the mails: whatever others believe by now, they are sent. */
    void sent(Map<Delivery, Letter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        database.run("""
                update notifications.delivery d
                set state = 'SENT', sent_at = ?, recipient = l.recipient, subject = l.subject, detail = null
                from unnest(?::uuid[], ?::text[], ?::text[]) l (id, recipient, subject)
                where d.id = l.id and d.state <> 'SENT'""", update -> {
            update.setObject(1, utc(clock.instant()));
            update.setArray(2, Database.column(update, "uuid", letters.values(), Letter::id));
            update.setArray(3, Database.column(update, "text", letters.values(), Letter::to));
            update.setArray(4, Database.column(update, "text", letters.values(), Letter::subject));
            return update.executeUpdate();
        });
    }

    /** The attempt has failed; another follows at that time, unless somebody else is at it already. */
    void postpone(Delivery delivery, Instant dueAt, String why) {
        end(delivery, Delivery.State.PENDING, dueAt, why);
    }

    /** No further attempt follows. */
    void giveUp(Delivery delivery, String why) {
        end(delivery, Delivery.State.FAILED, delivery.dueAt(), why);
    }

    /** Makes a letter that was given up due again; false when it is in another state. */
    boolean retry(UUID id) {
        return database.run("""
                update notifications.delivery set state = 'PENDING', due_at = ?, attempts = 0
                where id = ? and state = 'FAILED'""", update -> {
            update.setObject(1, utc(clock.instant()));
            update.setObject(2, id);
            return update.executeUpdate() == 1;
        });
    }

    Optional<Delivery> find(UUID id) {
        return read("select * from notifications.delivery where id = ?", Stream.of(id)).stream()
                .findFirst();
    }

    /**
     * Letters, the newest first.
     *
     * @param customer null for those of all customers
     * @param order null for those of all orders
     * @param before the last letter of the page before, or null
     */
    List<Delivery> list(UUID customer, UUID order, UUID before, int limit) {
        var sql = "select * from notifications.delivery where true"
                + (customer == null ? "" : " and customer_id = ?")
                + (order == null ? "" : " and order_id = ?")
                + (before == null ? "" : " and id < ?")
                + " order by id desc limit ?";
        return read(sql, Stream.of(customer, order, before, limit));
    }

    private void end(Delivery delivery, Delivery.State state, Instant dueAt, String why) {
        database.run("""
                update notifications.delivery set state = ?, due_at = ?, detail = ?
                where id = ? and state = 'SENDING' and attempts = ?""", update -> {
            update.setString(1, state.name());
            update.setObject(2, utc(dueAt));
            update.setString(3, why);
            update.setObject(4, delivery.id());
            update.setInt(5, delivery.attempts());
            return update.executeUpdate();
        });
    }

    private List<Delivery> read(String sql, Stream<?> parametersOrNull) {
        var parameters = parametersOrNull.filter(parameter -> parameter != null).toList();
        return database.run(sql, select -> {
            for (int i = 0; i < parameters.size(); i++) {
                select.setObject(i + 1, parameters.get(i));
            }
            return deliveries(select);
        });
    }

    private List<Delivery> deliveries(PreparedStatement statement) throws SQLException {
        var deliveries = new ArrayList<Delivery>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                deliveries.add(delivery(rows));
            }
        }
        return deliveries;
    }

    private Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                id(row, "id"),
                notice(row),
                Delivery.State.valueOf(row.getString("state")),
                time(row, "due_at"),
                row.getInt("attempts"),
                row.getString("recipient"),
                row.getString("subject"),
                row.getString("detail"),
                time(row, "created_at"),
                time(row, "sent_at"));
    }

    private Notice notice(ResultSet row) throws SQLException {
        return new Notice(
                id(row, "event_id"),
                id(row, "order_id"),
                id(row, "customer_id"),
                Occasion.valueOf(row.getString("occasion")),
                facts(row.getString("facts")));
    }

    private static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private String write(Notice.Facts facts) {
        try {
            return json.writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what a letter tells cannot be written as JSON", e);
        }
    }

    private Notice.Facts facts(String stored) {
        try {
            return json.readValue(stored, Notice.Facts.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what a letter tells cannot be read", e);
        }
    }
}
