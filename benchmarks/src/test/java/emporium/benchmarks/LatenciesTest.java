package emporium.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void a_percentile_is_the_smallest_value_that_so_many_do_not_exceed() {
        var latencies = Latencies.ofNanos(LongStream.rangeClosed(1, 1000).map(millis -> (1001 - millis) * 1_000_000));
        assertEquals(new Latencies(500, 900, 990, 999, 1000), latencies);
    }

    @Test
    void one_order_is_every_percentile() {
        assertEquals(new Latencies(7, 7, 7, 7, 7), Latencies.ofNanos(LongStream.of(7_000_000)));
    }

    @Test
    void no_orders_have_no_latency() {
        assertTrue(Double.isNaN(Latencies.ofNanos(LongStream.empty()).p50()));
    }
}
