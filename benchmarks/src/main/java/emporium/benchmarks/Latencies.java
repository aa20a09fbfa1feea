package emporium.benchmarks;

import java.util.stream.LongStream;

/** Percentiles in milliseconds. */
record Latencies(double p50, double p90, double p99, double p999, double max) {

    static Latencies ofNanos(LongStream nanos) {
        var sorted = nanos.sorted().toArray();
        return new Latencies(at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
    }

    /** The smallest value that so much of all is not above. */
    private static double at(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        var index = (int) Math.ceil(share * sorted.length) - 1;
        return Math.round(sorted[Math.max(0, index)] / 1e4) / 100.0;
    }
}
