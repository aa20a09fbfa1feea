package emporium.search;

import emporium.messaging.Database;
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
import java.util.Optional;

/**
 * Which makings of the read model there are. Whoever writes locks their rows, shared, until his commit; whoever
 * replaces one by another waits for all of them: so no change is written to the old one alone. All lock these rows
 * before any other, so that none wait in a circle.
 */
@Singleton
class Generations {
    private final Database database;
    private final InstantSource clock;

    Generations(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The one to read from. */
    int live() {
        return database.run("select number from search.generation where state = 'LIVE'", select -> {
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    /** Those to write to, as part of the caller's transaction. */
    List<Integer> writable() {
        return database.run("""
                select number from search.generation where state in ('LIVE', 'BUILDING')
                order by number for share""", select -> {
            var numbers = new ArrayList<Integer>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getInt(1));
                }
            }
            return numbers;
        });
    }

    /** Begins another with empty tables, in the caller's transaction; empty while somebody else is building one. */
    Optional<Integer> begin() {
        var begun = database.run("""
                insert into search.generation (number, state, started_at, progress_at)
                select max(number) + 1, 'BUILDING', ?, ? from search.generation
                on conflict do nothing returning number""", insert -> {
            insert.setObject(1, now());
            insert.setObject(2, now());
            try (var row = insert.executeQuery()) {
                return row.next() ? Optional.of(row.getInt(1)) : Optional.<Integer>empty();
            }
        });
        begun.ifPresent(number -> Tables.NAMES.forEach(table ->
                execute("create table search.%s_%d (like search.%s including all)".formatted(table, number, table))));
        return begun;
    }

    /**
     * Notes that so many orders more are about to be in it, as the first act of the caller's transaction: until its
     * end all others who write wait.
     */
    void progress(int number, int orders) {
        database.run("""
                update search.generation set orders = orders + ?, progress_at = ?
                where number = ? and state = 'BUILDING'""", update -> {
            update.setInt(1, orders);
            update.setObject(2, now());
            update.setInt(3, number);
            if (update.executeUpdate() == 0) {
                throw new IllegalStateException("somebody else has taken generation " + number + " for dead");
            }
            return null;
        });
    }

    /** Lets the planner know what is in the tables, before somebody reads them. */
    void analyze(int number) {
        Tables.NAMES.forEach(table -> execute("analyze search.%s_%d".formatted(table, number)));
    }

    /** Makes it the one that is read, in the caller's transaction, which waits for all who are writing. */
    void goLive(int number) {
        execute("select from search.generation where state in ('LIVE', 'BUILDING') order by number for update");
        set(
                "update search.generation set state = 'RETIRED', finished_at = ? where state = 'LIVE' and number <> ?",
                number);
        set("update search.generation set state = 'LIVE', finished_at = ? where number = ?", number);
    }

    /** Removes an unfinished one, in the caller's transaction. */
    void giveUp(int number, String why) {
        database.run("""
                update search.generation set state = 'FAILED', finished_at = ?, failure = ?
                where number = ? and state = 'BUILDING'""", update -> {
            update.setObject(1, now());
            update.setString(2, why);
            update.setInt(3, number);
            return update.executeUpdate();
        });
        drop(number);
    }

    /** Removes the tables of those that were replaced before some time, in the caller's transaction. */
    int dropRetiredBefore(Instant time) {
        var retired = numbers("""
                update search.generation set state = 'GONE' where state = 'RETIRED' and finished_at < ?
                returning number""", time);
        retired.forEach(this::drop);
        return retired.size();
    }

    /** Those whose builder has not been heard of since some time. */
    List<Integer> silentSince(Instant time) {
        return numbers("select number from search.generation where state = 'BUILDING' and progress_at < ?", time);
    }

    /** All, the newest first. */
    List<Generation> list() {
        return database.run("select * from search.generation order by number desc limit 100", select -> {
            var generations = new ArrayList<Generation>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    generations.add(generation(rows));
                }
            }
            return generations;
        });
    }

    private void drop(int number) {
        Tables.NAMES.forEach(table -> execute("drop table if exists search.%s_%d".formatted(table, number)));
    }

    private void execute(String sql) {
        database.run(sql, PreparedStatement::execute);
    }

    private void set(String sql, int number) {
        database.run(sql, update -> {
            update.setObject(1, now());
            update.setInt(2, number);
            return update.executeUpdate();
        });
    }

    private List<Integer> numbers(String sql, Instant time) {
        return database.run(sql, statement -> {
            statement.setObject(1, time.atOffset(ZoneOffset.UTC));
            var numbers = new ArrayList<Integer>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getInt(1));
                }
            }
            return numbers;
        });
    }

    private static Generation generation(ResultSet row) throws SQLException {
        return new Generation(
                row.getInt("number"),
                Generation.State.valueOf(row.getString("state")),
                time(row, "started_at"),
                time(row, "progress_at"),
                time(row, "finished_at"),
                row.getLong("orders"),
                row.getString("failure"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
