package emporium.notifications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.messaging.Database;
import emporium.messaging.MessageIds;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    private static final String COLUMNS = """
            d.id, d.event_id, d.order_id, d.customer_id, d.occasion, d.facts, d.state, d.recipient, d.subject, d.detail,
            d.created_at, d.sent_at, greatest(due.due_at, d.created_at) as due_at, due.claimed, coalesce(due.attempts, d.attempts) as attempts""";
    /** With what is known of those that are still to be sent. */
    private static final String SELECT = "select " + COLUMNS + """
             from notifications.delivery d
            left join notifications.delivery_due due on due.order_id = d.order_id and due.step = d.step""";

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
        var now = utc(clock.instant());
        database.run("""
                with planned as (
                    insert into notifications.delivery
                    (id, event_id, order_id, customer_id, occasion, step, channel, facts, created_at)
                    select id, event, order_id, customer, occasion, step, ?, facts::jsonb, ?
                    from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::int[], ?::text[])
                        n (id, event, order_id, customer, occasion, step, facts)
                    on conflict do nothing returning order_id, step, id)
                insert into notifications.delivery_due (order_id, step, id, due_at)
                select order_id, step, id, '-infinity' from planned""", insert -> {
            insert.setString(1, EMAIL);
            insert.setObject(2, now);
            insert.setArray(3, Database.column(insert, "uuid", notices, notice -> ids.next()));
            insert.setArray(4, Database.column(insert, "uuid", notices, Notice::event));
            insert.setArray(5, Database.column(insert, "uuid", notices, Notice::order));
            insert.setArray(6, Database.column(insert, "uuid", notices, Notice::customer));
            insert.setArray(7, Database.column(insert, "text", notices, notice -> notice.occasion()
                    .name()));
            insert.setArray(8, Database.column(insert, "int", notices, notice -> notice.occasion()
                    .ordinal()));
            insert.setArray(9, Database.column(insert, "text", notices, notice -> write(notice.facts())));
            return insert.executeUpdate();
        });
    }

    /**
     * Claims letters that are due for one sender until some time. Those of one order go out one after the other: a later
     * one waits for the end of those before it. A letter whose sender has died in the middle is due again, and then it is
     * not known whether its mail went out. By their place (ctid) and not by a join: one that was planned while the list
     * was short reads all of it.
     */
    List<Delivery> claim(Instant now, Instant until, int most) {
        return database.run("""
                with due as (
                    update notifications.delivery_due set claimed = true, attempts = attempts + 1, due_at = ?
                    where ctid = any (array(
                        select ctid from notifications.delivery_due q
                        where due_at <= ? and step = (
                            select min(step) from notifications.delivery_due first where first.order_id = q.order_id)
                        order by due_at limit ? for update skip locked))
                    returning *)
                select\s""" + COLUMNS + " from due join notifications.delivery d on d.id = due.id", claim -> {
            claim.setObject(1, utc(until));
            claim.setObject(2, utc(now));
            claim.setInt(3, most);
            return deliveries(claim);
        });
    }

    /** The mail server has the mails: whatever others believe by now, they are sent. */
    void sent(Map<Delivery, Letter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        database.run("""
                with l as (
                    select * from unnest(?::uuid[], ?::int[], ?::uuid[], ?::int[], ?::text[], ?::text[])
                        l (order_id, step, id, attempts, recipient, subject)),
                gone as (delete from notifications.delivery_due q using l where q.order_id = l.order_id and q.step = l.step)
                update notifications.delivery d
                set state = 'SENT', sent_at = ?, attempts = l.attempts, recipient = l.recipient, subject = l.subject,
                    detail = null
                from l where d.id = l.id and d.state <> 'SENT'""", update -> {
            var ended = letters.keySet();
            update.setArray(1, Database.column(update, "uuid", ended, Delivery::order));
            update.setArray(2, Database.column(update, "int", ended, Delivery::step));
            update.setArray(3, Database.column(update, "uuid", ended, Delivery::id));
            update.setArray(4, Database.column(update, "int", ended, Delivery::attempts));
            update.setArray(5, Database.column(update, "text", letters.values(), Letter::to));
            update.setArray(6, Database.column(update, "text", letters.values(), Letter::subject));
            update.setObject(7, utc(clock.instant()));
            return update.executeUpdate();
        });
    }

    /** The attempt has failed; another follows at that time, unless somebody else is at it already. */
    void postpone(Delivery delivery, Instant dueAt, String why) {
        database.run("""
                with due as (
                    update notifications.delivery_due set claimed = false, due_at = ?
                    where order_id = ? and step = ? and claimed and attempts = ? returning id)
                update notifications.delivery d set detail = ? from due where d.id = due.id""", update -> {
            update.setObject(1, utc(dueAt));
            update.setObject(2, delivery.order());
            update.setInt(3, delivery.step());
            update.setInt(4, delivery.attempts());
            update.setString(5, why);
            return update.executeUpdate();
        });
    }

    /** No further attempt follows. */
    void giveUp(Delivery delivery, String why) {
        database.run("""
                with due as (
                    delete from notifications.delivery_due
                    where order_id = ? and step = ? and claimed and attempts = ? returning id, attempts)
                update notifications.delivery d set state = 'FAILED', attempts = due.attempts, detail = ?
                from due where d.id = due.id""", update -> {
            update.setObject(1, delivery.order());
            update.setInt(2, delivery.step());
            update.setInt(3, delivery.attempts());
            update.setString(4, why);
            return update.executeUpdate();
        });
    }

    /** Makes a letter that was given up due again; false when it is in another state. */
    boolean retry(UUID id) {
        return database.run("""
                with again as (
                    update notifications.delivery set state = 'PENDING'
                    where id = ? and state = 'FAILED' returning order_id, step, id)
                insert into notifications.delivery_due (order_id, step, id, due_at)
                select order_id, step, id, '-infinity' from again""", update -> {
            update.setObject(1, id);
            return update.executeUpdate() == 1;
        });
    }

    Optional<Delivery> find(UUID id) {
        return read(SELECT + " where d.id = ?", Stream.of(id)).stream().findFirst();
    }

    /**
     * Letters, the newest first.
     *
     * @param customer null for those of all customers
     * @param order null for those of all orders
     * @param before the last letter of the page before, or null
     */
    List<Delivery> list(UUID customer, UUID order, UUID before, int limit) {
        var sql = SELECT
                + " where true"
                + (customer == null ? "" : " and d.customer_id = ?")
                + (order == null ? "" : " and d.order_id = ?")
                + (before == null ? "" : " and d.id < ?")
                + " order by d.id desc limit ?";
        return read(sql, Stream.of(customer, order, before, limit));
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
                state(row),
                time(row, "due_at"),
                row.getInt("attempts"),
                row.getString("recipient"),
                row.getString("subject"),
                row.getString("detail"),
                time(row, "created_at"),
                time(row, "sent_at"));
    }

    private static Delivery.State state(ResultSet row) throws SQLException {
        return row.getBoolean("claimed") ? Delivery.State.SENDING : Delivery.State.valueOf(row.getString("state"));
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
