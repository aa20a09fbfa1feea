package emporium.baskets;

import static emporium.messaging.Database.column;

import emporium.baskets.BasketEvent.Cancelled;
import emporium.baskets.BasketEvent.CheckedOut;
import emporium.baskets.BasketEvent.Expired;
import emporium.baskets.BasketEvent.ItemRemoved;
import emporium.baskets.BasketEvent.ItemSet;
import emporium.baskets.BasketEvent.Started;
import emporium.eventsourcing.AggregateType;
import emporium.eventsourcing.Projection;
import emporium.eventsourcing.RecordedEvent;
import emporium.messaging.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** The baskets that are still open, with the time when each was last touched. Its rows are also what is locked. */
@Singleton
class OpenBaskets implements Projection<BasketEvent> {
    private final Database database;

    OpenBaskets(Database database) {
        this.database = database;
    }

    record Forgotten(UUID basket, Instant since) {}

    /** Waits until nobody else changes the basket; has no effect on one that is not open. */
    void lock(UUID basket) {
        database.run("select from baskets.open_basket where id = ? for update", select -> {
            select.setObject(1, basket);
            return select.execute();
        });
    }

    /** Locks some of the baskets not touched since then, the longest untouched first; leaves out what others have locked. */
    List<Forgotten> lockUntouchedSince(Instant since, int most) {
        return database.run("""
                select id, touched_at from baskets.open_basket where touched_at < ?
                order by touched_at limit ? for update skip locked""", select -> {
            select.setObject(1, since.atOffset(ZoneOffset.UTC));
            select.setInt(2, most);
            var forgotten = new ArrayList<Forgotten>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var touched = rows.getObject("touched_at", OffsetDateTime.class);
                    forgotten.add(new Forgotten(rows.getObject("id", UUID.class), touched.toInstant()));
                }
            }
            return forgotten;
        });
    }

    @Override
    public String name() {
        return "open-baskets";
    }

    @Override
    public List<AggregateType<?, ? extends BasketEvent>> sources() {
        return List.of(Basket.TYPE);
    }

    @Override
    public void empty() {
        database.run("delete from baskets.open_basket", PreparedStatement::executeUpdate);
    }

    @Override
    public void apply(List<? extends RecordedEvent<? extends BasketEvent>> events) {
        var touched = new TreeMap<UUID, Instant>();
        var closed = new TreeSet<UUID>();
        for (var event : events) {
            switch (event.data()) {
                case Started _, ItemSet _, ItemRemoved _ ->
                    touched.put(event.stream(), event.metadata().occurredAt());
                case CheckedOut _, Cancelled _, Expired _ -> closed.add(event.stream());
            }
        }
        closed.forEach(touched::remove);
        touch(touched);
        close(closed);
    }

    private void touch(TreeMap<UUID, Instant> touched) {
        database.runForAll(touched.entrySet(), """
                insert into baskets.open_basket (id, touched_at) values (?, ?)
                on conflict (id) do update set touched_at = excluded.touched_at""", (insert, basket) -> {
            insert.setObject(1, basket.getKey());
            insert.setObject(2, basket.getValue().atOffset(ZoneOffset.UTC));
        });
    }

    private void close(Collection<UUID> closed) {
        if (!closed.isEmpty()) {
            database.run("delete from baskets.open_basket where id = any (?)", delete -> {
                delete.setArray(1, column(delete, "uuid", closed, id -> id));
                return delete.executeUpdate();
            });
        }
    }
}
