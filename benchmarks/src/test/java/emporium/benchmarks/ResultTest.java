package emporium.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.benchmarks.ClosedLoop.Placed;
import emporium.benchmarks.ClosedLoop.Run;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {

    private static final long SECOND = 1_000_000_000L;

    private final Run run = new Run(
            new ArrayDeque<>(
                    List.of(new Placed(0, SECOND / 100, SECOND / 10), new Placed(SECOND, SECOND + 1, 3 * SECOND))),
            0,
            2 * SECOND);

    private final Cost cost = new Cost(new Cost.Cpu(4, 2, 1, 3), 24, Double.NaN, 20_000, 22);

    private final Result result = Result.of(Scenario.QUIET, run, cost, 1);

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
        assertEquals("held", json.get("invariants").asText());
        assertFalse(json.get("perOrder").has("statements"));
    }
}
