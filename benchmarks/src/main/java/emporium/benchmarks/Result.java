package emporium.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import emporium.benchmarks.ClosedLoop.Run;
import java.util.List;

/**
 * What one scenario has shown, as it is written to JSON.
 *
 * @param orders those decided in the measured time; what one has cost is the mean of all that were placed
 * @param roundsPerSecond the same rate in each third of the time
 * @param latencyMs from POST to the moment in which the mall was seen to say that the order is decided
 * @param postMs the answer of the POST alone
 */
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
        String invariants) {

    private static final int ROUNDS = 3;

    /** @param statements null where PostgreSQL does not count them */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PerOrder(
            CpuMs cpuMs, double commits, Double statements, double walBytes, double messages, double meanBatch) {}

    record CpuMs(double app, double postgres, double nats, double driver) {}

    static Result of(Scenario scenario, Run run, Cost cost, double meanBatch) {
        var counted = run.counted();
        return new Result(
                scenario.title(),
                scenario.inFlight(),
                rounded(run.seconds(), 10),
                counted.size(),
                rounded(run.perSecond(), 10),
                run.rounds(ROUNDS).map(rate -> rounded(rate, 10)).boxed().toList(),
                Latencies.ofNanos(counted.stream().mapToLong(order -> order.decided() - order.begin())),
                Latencies.ofNanos(counted.stream().mapToLong(order -> order.answered() - order.begin())),
                perOrder(cost.times(1.0 / run.placed().size()), meanBatch),
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
                Math.rint(each.walBytes()),
                rounded(each.messages(), 100),
                rounded(meanBatch, 10));
    }

    private static double rounded(double value, double parts) {
        return Math.rint(value * parts) / parts;
    }
}
