package emporium.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The rows that one database has for some orders, as statements that write them once for each row of the table
 * {@code block}: what a later moment is for them stands there.
 */
final class StoredPattern {

    private static final Pattern ID =
            Pattern.compile("([0-9a-f]{8})-([0-9a-f]{4})(-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})");

    /** Messages are dropped after some days, and so there are none of earlier orders. */
    private static final Duration INBOX = Duration.ofDays(3);

    private static final Duration OUTBOX = Duration.ofDays(1);

    private final Connection database;
    private final long sinceTransaction;
    private final Instant since;

    /**
     * @param sinceTransaction rows written before are not of the pattern
     * @param since ids made before are of customers, products and the like, and stay
     */
    StoredPattern(Connection database, long sinceTransaction, Instant since) {
        this.database = database;
        this.sinceTransaction = sinceTransaction;
        this.since = since;
    }

    static long transaction(Connection database) throws SQLException {
        try (var select = database.createStatement();
                var row = select.executeQuery("select pg_current_xact_id()::text::bigint")) {
            row.next();
            return row.getLong(1);
        }
    }

    private record Column(String name, String type) {}

    List<String> inserts() throws SQLException {
        var inserts = new ArrayList<String>();
        for (var table : texts("""
                select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = relnamespace
                 where relkind in ('r', 'p') and not relispartition and nspname !~ '^(pg_|information_|yardstick)'
                   and relname !~ '^(flyway|outbox_pending|idempotency_key)' order by 1
                """)) {
            inserts.addAll(inserts(table));
        }
        return inserts;
    }

    private List<String> inserts(String table) throws SQLException {
        var columns = columns(table);
        var inserts = new ArrayList<String>();
        var names = String.join(", ", columns.stream().map(Column::name).toList());
        var values = String.join(
                ", ", columns.stream().map(column -> column.name() + "::text").toList());
        try (var select = database.createStatement();
                var rows = select.executeQuery("select %s from %s where xmin::text::bigint >= %d"
                        .formatted(values, table, sinceTransaction))) {
            while (rows.next()) {
                var row = new ArrayList<String>();
                var ours = false;
                for (var i = 0; i < columns.size(); i++) {
                    var value = rows.getString(i + 1);
                    row.add(expression(value, columns.get(i).type()));
                    ours |= value != null && ID.matcher(value).results().anyMatch(this::isOfPattern);
                }
                if (ours) {
                    inserts.add("insert into %s (%s) select %s from block%s"
                            .formatted(table, names, String.join(", ", row), kept(table)));
                }
            }
        }
        return inserts;
    }

    private String kept(String table) {
        if (table.matches("(.*\\.)?inbox")) {
            return " where back < interval '%d hours'".formatted(INBOX.toHours());
        }
        if (table.matches("(.*\\.)?outbox")) {
            return " where back < interval '%d hours'".formatted(OUTBOX.toHours());
        }
        return "";
    }

    /** Not what the database makes itself: positions, search words. */
    private List<Column> columns(String table) throws SQLException {
        try (var select = database.prepareStatement("""
                select quote_ident(attname), format_type(atttypid, atttypmod) from pg_attribute
                 where attrelid = ?::regclass and attnum > 0 and not attisdropped
                   and attgenerated = '' and attidentity = '' order by attnum
                """)) {
            select.setString(1, table);
            try (var rows = select.executeQuery()) {
                var columns = new ArrayList<Column>();
                while (rows.next()) {
                    columns.add(new Column(rows.getString(1), rows.getString(2)));
                }
                return columns;
            }
        }
    }

    private String expression(String value, String type) {
        if (value == null) {
            return "null::" + type;
        }
        if (type.startsWith("timestamp with time zone")) {
            // Bounds such as -infinity are no moments of an order.
            return value.contains("infinity") ? literal(value) + "::" + type : literal(value) + "::timestamptz - back";
        }
        return "(" + moved(value) + ")::" + type;
    }

    private String moved(String value) {
        var moved = new StringBuilder();
        var from = 0;
        for (var id : ID.matcher(value).results().filter(this::isOfPattern).toList()) {
            moved.append(literal(value.substring(from, id.start()))).append(" || id || ");
            moved.append(literal(id.group(3))).append(" || ");
            from = id.end();
        }
        return moved.append(literal(value.substring(from))).toString();
    }

    private boolean isOfPattern(MatchResult id) {
        var moment = Instant.ofEpochMilli(Long.parseLong(id.group(1) + id.group(2), 16));
        return !moment.isBefore(since) && moment.isBefore(since.plus(Duration.ofHours(1)));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private List<String> texts(String sql) throws SQLException {
        try (var select = database.createStatement();
                var rows = select.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
