package emporium.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import emporium.benchmarks.ClosedLoop.Placed;
import emporium.benchmarks.ClosedLoop.Round;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one scenario has shown, as it is written to JSON.
 *
 * @param latencyMs from POST to the moment in which the mall was seen to say that the order is decided
 * @param postMs the answer of the POST alone
 */
record Result(
        String scenario,
        int inFlight,
        double seconds,
        long orders,
        double ordersPerSecond,
        Latencies latencyMs,
        Latencies postMs,
        PerOrder perOrder,
        String invariants) {

    /** @param statements null where PostgreSQL does not count them */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PerOrder(
            CpuMs cpuMs, double commits, Double statements, double walBytes, double messages, double meanBatch) {}

    record CpuMs(double app, double postgres, double nats, double driver) {}

    static Result of(Scenario scenario, List<Round> rounds, Cost cost, double meanBatch) {
        var seconds = rounds.stream().mapToDouble(Round::seconds).sum();
        var within = rounds.stream().mapToLong(Round::within).sum();
        var orders = placed(rounds).count();
        return new Result(
                scenario.title(),
                scenario.inFlight(),
                rounded(seconds, 10),
                orders,
                rounded(within / seconds, 10),
                Latencies.ofNanos(placed(rounds).mapToLong(order -> order.decided() - order.begin())),
                Latencies.ofNanos(placed(rounds).mapToLong(order -> order.answered() - order.begin())),
                perOrder(cost.times(1.0 / orders), meanBatch),
                "held");
    }

    private static Stream<Placed> placed(List<Round> rounds) {
        return rounds.stream().flatMap(round -> round.placed().stream());
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
