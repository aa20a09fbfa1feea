package emporium.benchmarks;

import java.util.Collections;
import java.util.Locale;

/** The results as a person reads them. */
final class Table {

    static final String HEAD = """

            scenario | orders/s (rounds from to) |    p50    p90    p99  p99.9    max ms |  POST p50    p99 | CPU ms/order: app postgres nats driver | commits  stmts  WAL bytes  messages  batch
            ---------|--------------------------|---------------------------------------|------------------|---------------------------------------|-----------------------------------------------""";

    private Table() {}

    static String row(Result result) {
        var latency = result.latencyMs();
        var each = result.perOrder();
        var cpu = each.cpuMs();
        return String.format(
                Locale.ROOT,
                "%-8s | %8.1f (%6.1f %6.1f)  | %6.0f %6.0f %6.0f %6.0f %6.0f    | %9.1f %6.1f | %17.2f %8.2f %4.2f %6.2f | %7.2f %6s %10.0f %9.1f %6.1f",
                result.scenario(),
                result.ordersPerSecond(),
                Collections.min(result.roundsPerSecond()),
                Collections.max(result.roundsPerSecond()),
                latency.p50(),
                latency.p90(),
                latency.p99(),
                latency.p999(),
                latency.max(),
                result.postMs().p50(),
                result.postMs().p99(),
                cpu.app(),
                cpu.postgres(),
                cpu.nats(),
                cpu.driver(),
                each.commits(),
                each.statements() == null ? "-" : "%.1f".formatted(each.statements()),
                each.walBytes(),
                each.messages(),
                each.meanBatch());
    }

    /** What was taken off. */
    static String ground(Cost idle, ReadCosts reads) {
        return String.format(
                Locale.ROOT,
                "Idle, the mall makes %.2f commits and uses %.1f ms of CPU a second. A list read costs %.2f commits and"
                        + " %.2f ms, a read of one order %.2f and %.2f. All this is taken off below.",
                idle.commits(),
                idle.cpu().withoutDriver(),
                reads.list().commits(),
                reads.list().cpu().withoutDriver(),
                reads.order().commits(),
                reads.order().cpu().withoutDriver());
    }
}
