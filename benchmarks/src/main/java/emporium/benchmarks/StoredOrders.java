package emporium.benchmarks;

import emporium.infra.Addresses;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Fills a mall's databases with orders of the past. Some real orders are the pattern: every row that any service has
 * written for them is written again and again, with the time in its ids (UUIDv7) and its moments moved back. Whatever
 * tables there are, what is stored has the shape that the mall itself gives it.
 */
final class StoredOrders {

    /** How far back they go: within this time nothing but old messages is dropped. */
    private static final Duration PAST = Duration.ofDays(80);

    /** Blocks written in one transaction; each has all orders of the pattern once. */
    private static final int BLOCKS = 1_000;

    private static final int WORKERS = 2;

    private final Addresses addresses;
    private final List<String> jdbcUrls;
    private final Progress progress;
    private final Instant mark = Instant.now();
    private final Map<String, Long> marks = new LinkedHashMap<>();

    /** @param jdbcUrls of all the mall's databases; what is written to them from now on is the pattern */
    StoredOrders(Addresses addresses, List<String> jdbcUrls, Progress progress) {
        this.addresses = addresses;
        this.jdbcUrls = jdbcUrls;
        this.progress = progress;
        for (var url : jdbcUrls) {
            try (var database = connect(url)) {
                marks.put(url, StoredPattern.transaction(database));
            } catch (SQLException e) {
                throw failed(e);
            }
        }
    }

    /**
     * Writes so many orders.
     *
     * @param inPattern how many orders the pattern has
     */
    void fill(long orders, int inPattern) throws InterruptedException {
        var inserts = new LinkedHashMap<String, List<String>>();
        for (var url : jdbcUrls) {
            try (var database = connect(url)) {
                inserts.put(url, new StoredPattern(database, marks.get(url), mark).inserts());
            } catch (SQLException e) {
                throw failed(e);
            }
        }
        var blocks = orders / inPattern;
        var chunks = new ConcurrentLinkedQueue<>(
                LongStream.range(0, (blocks + BLOCKS - 1) / BLOCKS).boxed().toList());
        var done = new AtomicLong();
        Crew.work(WORKERS, () -> {
            for (Long chunk; (chunk = chunks.poll()) != null; ) {
                write(inserts, chunk * BLOCKS, Math.min(blocks, (chunk + 1) * BLOCKS), blocks);
                progress.show(
                        "storing orders of the past: %d of %d".formatted(done.addAndGet(BLOCKS) * inPattern, orders));
            }
        });
    }

    private void write(Map<String, List<String>> inserts, long from, long to, long all) {
        inserts.forEach((url, statements) -> {
            try (var database = connect(url)) {
                database.setAutoCommit(false);
                try (var statement = database.createStatement()) {
                    // Rows are copies of a whole, so no foreign key has to be looked after.
                    statement.execute(
                            "set local session_replication_role = replica; set local synchronous_commit = off");
                    statement.execute(blocks(from, to, all));
                    for (var insert : statements) {
                        statement.execute(insert);
                    }
                }
                database.commit();
            } catch (SQLException e) {
                throw failed(e);
            }
        });
    }

    /** For each block its moment, how long ago that is, and how ids of that moment begin. */
    private String blocks(long from, long to, long all) {
        return """
                create temporary table block on commit drop as
                select moment, back, substr(hex, 1, 8) || '-' || substr(hex, 9, 4) as id
                  from (select moment, timestamptz '%1$s' - moment as back,
                               lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') as hex
                          from (select timestamptz '%1$s' - interval '1 minute'
                                       - interval '%2$d seconds' * (1 - i / %3$d.0) as moment
                                  from generate_series(%4$d, %5$d) i) moments) hexes
                """.formatted(mark, PAST.toSeconds(), all, from, to - 1);
    }

    /** The copy of this order of the pattern in the middle of the time. */
    UUID copyOf(UUID order, long orders, int inPattern) {
        var blocks = orders / inPattern;
        try (var database = connect(jdbcUrls.getFirst());
                var statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute(blocks(blocks / 2, blocks / 2 + 1, blocks));
            try (var row = statement.executeQuery("select id from block")) {
                row.next();
                return UUID.fromString(row.getString(1) + order.toString().substring(13));
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, addresses.user(), addresses.password());
    }

    private static NoResult failed(SQLException e) {
        return new NoResult("Orders of the past cannot be stored: " + e.getMessage() + ".", e);
    }
}
