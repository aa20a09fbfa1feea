package emporium.messaging;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.TreeSet;
import javax.sql.DataSource;

/** Keeps the daily partitions of inbox and outbox: those to come are made, those past their time are dropped whole. */
final class TablePartitions {

    private static final int DAYS_AHEAD = 2;

    private final DataSource database;
    private final String schema;

    TablePartitions(DataSource database, String schema) {
        this.database = database;
        this.schema = schema;
    }

    /** Makes the partitions from {@code now - retention} to two days ahead and drops the older ones. */
    void maintain(String table, Instant now, Duration retention) {
        var first = day(now.minus(retention));
        var last = day(now).plusDays(DAYS_AHEAD);
        try (var connection = database.getConnection()) {
            var present = present(connection, table);
            var statements = new StringBuilder();
            first.datesUntil(last.plusDays(1))
                    .filter(day -> !present.contains(name(table, day)))
                    .forEach(day -> statements.append(create(table, day)));
            present.headSet(name(table, first)).stream()
                    .filter(name -> name.matches(table + "_\\d{8}"))
                    .forEach(name -> statements.append("drop table %s.%s;".formatted(schema, name)));
            if (!statements.isEmpty()) {
                execute(connection, statements.toString());
            }
        } catch (SQLException e) {
            throw new DatabaseFailure("maintaining the partitions of " + schema + "." + table, e);
        }
    }

    private TreeSet<String> present(Connection connection, String table) throws SQLException {
        var sql = """
                select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                 where i.inhparent = ?::regclass
                """;
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema + "." + table);
            try (var result = statement.executeQuery()) {
                var names = new TreeSet<String>();
                while (result.next()) {
                    names.add(result.getString(1));
                }
                return names;
            }
        }
    }

    private String create(String table, LocalDate day) {
        return "create table if not exists %1$s.%2$s partition of %1$s.%3$s for values from ('%4$s') to ('%5$s');"
                .formatted(schema, name(table, day), table, bound(day), bound(day.plusDays(1)));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String name(String table, LocalDate day) {
        return table + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }

    private static Object bound(LocalDate day) {
        return MessageIds.firstOf(day.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private static LocalDate day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
