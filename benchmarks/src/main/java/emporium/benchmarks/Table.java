package emporium.benchmarks;

import java.util.Collections;
import java.util.Locale;

/** The results as a person reads them. */
final class Table {

    static final String HEAD = """

            scenario     | orders/s (rounds from to) |    p50    p90    p99  p99.9    max ms |  POST p50    p99 | CPU ms/order: app postgres nats driver | commits  stmts   rows  WAL bytes  messages  batch | bare loop/s  ratio
            -------------|---------------------------|---------------------------------------|------------------|----------------------------------------|---------------------------------------------------|-------------------""";

    private Table() {}

    static String row(Result result) {
        var latency = result.latencyMs();
        var each = result.perOrder();
        var cpu = each.cpuMs();
        return String.format(
                Locale.ROOT,
                "%-12s | %8.1f (%6.1f %6.1f)  | %6.0f %6.0f %6.0f %6.0f %6.0f    | %9.1f %6.1f | %17.2f %8.2f %4.2f %6.2f | %7.2f %6s %6.1f %10.0f %9.1f %6.1f | %11s %6s",
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
                each.rows().all(),
                each.walBytes(),
                each.messages(),
                each.meanBatch(),
                result.yardstick() == null
                        ? "-"
                        : "%.0f".formatted(result.yardstick().sagasPerSecond()),
                result.ratio() == null ? "-" : "%.2f".formatted(result.ratio()));
    }

    static String row(int inFlight, Yardstick.Reading reading) {
        return String.format(
                Locale.ROOT,
                "bare loop, %4d in flight: %7.1f sagas a second, p50 %6.1f ms, %6.3f ms of CPU each",
                inFlight,
                reading.sagasPerSecond(),
                reading.p50Ms(),
                reading.cpuMsPerSaga());
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
