package emporium.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.benchmarks.Cost.Rows;
import emporium.benchmarks.Desk.Placed;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {

    private static final long SECOND = 1_000_000_000L;

    private final Run run = new Run(
            new ArrayDeque<>(List.of(placed(0, SECOND / 100, SECOND / 10), placed(SECOND, SECOND + 1, 3 * SECOND))),
            0,
            2 * SECOND,
            Placed::decided);

    private final Cost cost = new Cost(new Cost.Cpu(4, 2, 1, 3), 24, Double.NaN, new Rows(60, 20, 4), 20_000, 22);

    private final Result result = Result.of(Scenario.QUIET, run, 2, cost, 1, new Yardstick.Reading(2, 9, 1));

    private static Placed placed(long begin, long answered, long decided) {
        return new Placed(null, null, begin, answered, decided);
    }

    @Test
    void in_an_open_loop_an_order_that_waits_beyond_the_end_counts_for_the_latency() {
        var open = new Run(run.placed(), 0, 2 * SECOND, Placed::begin);
        var shown = Result.of(Scenario.RATE, open, 2, cost, 1, null);
        assertEquals(2000, shown.latencyMs().max());
        assertEquals(0.5, shown.ordersPerSecond());
    }

    @Test
    void the_rate_counts_orders_decided_in_time_and_the_cost_is_shared_by_all() {
        assertEquals(0.5, result.ordersPerSecond());
        assertEquals(1, result.orders());
        assertEquals(12, result.perOrder().commits());
        assertEquals(2, result.perOrder().cpuMs().app());
    }

    @Test
    void json_has_the_names_that_are_documented_and_leaves_out_what_nobody_counted() throws Exception {
        var json = new ObjectMapper().valueToTree(result);
        assertEquals("quiet", json.get("scenario").asText());
        assertEquals(100, json.at("/latencyMs/max").asDouble());
        assertEquals(1.5, json.at("/perOrder/cpuMs/driver").asDouble());
        assertEquals(10_000, json.at("/perOrder/walBytes").asDouble());
        assertEquals(0.25, json.get("ratio").asDouble());
        assertEquals(30, json.at("/perOrder/rows/inserted").asDouble());
        assertEquals("held", json.get("invariants").asText());
        assertFalse(json.get("perOrder").has("statements"));
    }
}
