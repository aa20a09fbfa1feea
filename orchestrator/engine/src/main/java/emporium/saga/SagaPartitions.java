package emporium.saga;

import emporium.messaging.MessageIds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Keeps the daily partitions of archive and history: those to come are made, those past their time are dropped whole. */
final class SagaPartitions {

    private static final Logger LOG = Logger.getLogger(SagaPartitions.class);
    private static final int DAYS_AHEAD = 2;

    private final SagaTables tables;

    SagaPartitions(SagaTables tables) {
        this.tables = tables;
    }

    /** Makes the days up to the day after tomorrow and drops those that lie further back than the retention. */
    void maintain(Instant now, Duration retention) {
        var oldest = oldestUnfinished(now);
        var kept = day(now.minus(retention));
        maintain("saga_archive", "id", now, kept);
        // the history of a saga that still runs is kept however old it is
        maintain("saga_history", "saga_id", now, oldest.isBefore(kept) ? oldest : kept);
    }

    private void maintain(String table, String key, Instant now, LocalDate kept) {
        var present = present(table);
        day(now).datesUntil(day(now).plusDays(DAYS_AHEAD + 1))
                .filter(day -> !present.contains(name(table, day)))
                .forEach(day -> make(table, key, day));
        present.stream()
                .filter(name -> name.matches(table + "_\\d{8}"))
                .filter(name -> name.compareTo(name(table, kept)) < 0)
                .forEach(this::drop);
    }

    /** What has come before its day was made waits in the default partition, and moves. */
    private void make(String table, String key, LocalDate day) {
        tables.execute("""
                do $$ begin
                lock table %%1$s.%1$s_default in access exclusive mode;
                if to_regclass('%%1$s.%2$s') is not null then
                    return; -- another replica was faster
                end if;
                create table %%1$s.%2$s (like %%1$s.%1$s including all);
                with early as (
                    delete from %%1$s.%1$s_default where %3$s >= '%4$s' and %3$s < '%5$s' returning *)
                insert into %%1$s.%2$s select * from early;
                alter table %%1$s.%1$s attach partition %%1$s.%2$s for values from ('%4$s') to ('%5$s');
                end $$""".formatted(table, name(table, day), key, bound(day), bound(day.plusDays(1))));
    }

    private void drop(String partition) {
        LOG.infof("dropping %s", partition);
        tables.execute("drop table if exists %%1$s.%s".formatted(partition));
    }

    private List<String> present(String table) {
        return tables.query(
                "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                        + " where i.inhparent = '%1$s." + table + "'::regclass",
                statement -> {},
                row -> row.getString(1));
    }

    private LocalDate oldestUnfinished(Instant now) {
        return tables
                .query(
                        "select id from %1$s.saga order by id limit 1",
                        statement -> {}, row -> day(MessageIds.timeOf(row.getObject(1, UUID.class))))
                .stream()
                .findFirst()
                .orElse(day(now));
    }

    private static String name(String table, LocalDate day) {
        return table + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }

    private static UUID bound(LocalDate day) {
        return new UUID(day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli() << 16, 0);
    }

    private static LocalDate day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
