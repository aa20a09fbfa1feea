package emporium.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import emporium.benchmarks.Cost.Rows;
import java.util.List;

/**
 * What one scenario has shown, as it is written to JSON.
 *
 * @param orders those decided in the measured time; what one has cost is the mean of all that were placed
 * @param roundsPerSecond the same rate in equal parts of the time
 * @param latencyMs from POST to the moment in which the mall was seen to say that the order is decided
 * @param postMs the answer of the POST alone
 * @param yardstick the bare loop with as many in flight; null where nobody decides how many that are
 * @param ratio orders a second to the bare loop's sagas a second
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Result(
        String scenario,
        int inFlight,
        double seconds,
        long orders,
        double ordersPerSecond,
        List<Double> roundsPerSecond,
        Latencies latencyMs,
        Latencies postMs,
        PerOrder perOrder,
        Yardstick.Reading yardstick,
        Double ratio,
        String invariants) {

    /** @param statements null where PostgreSQL does not count them */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PerOrder(
            CpuMs cpuMs,
            double commits,
            Double statements,
            Rows rows,
            double walBytes,
            double messages,
            double meanBatch) {}

    record CpuMs(double app, double postgres, double nats, double driver) {}

    static Result of(Scenario scenario, Run run, int rounds, Cost cost, double meanBatch, Yardstick.Reading yardstick) {
        var counted = run.counted();
        return new Result(
                scenario.title(),
                scenario.inFlight(),
                rounded(run.seconds(), 10),
                counted.size(),
                rounded(run.perSecond(), 10),
                run.rounds(rounds).map(rate -> rounded(rate, 10)).boxed().toList(),
                Latencies.ofNanos(counted.stream().mapToLong(order -> order.decided() - order.begin())),
                Latencies.ofNanos(counted.stream().mapToLong(order -> order.answered() - order.begin())),
                perOrder(cost.times(1.0 / run.placed().size()), meanBatch),
                yardstick,
                yardstick == null ? null : rounded(run.perSecond() / yardstick.sagasPerSecond(), 1000),
                "held");
    }

    private static PerOrder perOrder(Cost each, double meanBatch) {
        var cpu = each.cpu();
        return new PerOrder(
                new CpuMs(
                        rounded(cpu.app(), 1000),
                        rounded(cpu.postgres(), 1000),
                        rounded(cpu.nats(), 1000),
                        rounded(cpu.driver(), 1000)),
                rounded(each.commits(), 1000),
                Double.isNaN(each.statements()) ? null : rounded(each.statements(), 100),
                rounded(each.rows()),
                Math.rint(each.walBytes()),
                rounded(each.messages(), 100),
                rounded(meanBatch, 10));
    }

    private static Rows rounded(Rows rows) {
        return new Rows(rounded(rows.inserted(), 10), rounded(rows.updated(), 10), rounded(rows.deleted(), 10));
    }

    private static double rounded(double value, double parts) {
        return Math.rint(value * parts) / parts;
    }
}
