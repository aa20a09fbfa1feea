package emporium.rest;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Gives the times that alerts and dashboards ask the quantiles of a few buckets, the same for all. */
class Histograms {

    private static final Set<String> TIMES = Set.of("http.server.requests", "messaging.batch", "saga.step");
    private static final double[] SECONDS = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    @Produces
    @Singleton
    MeterFilter buckets() {
        var nanoseconds = DoubleStream.of(SECONDS)
                .map(seconds -> seconds * Duration.ofSeconds(1).toNanos())
                .toArray();
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return TIMES.contains(id.getName())
                        ? DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(nanoseconds)
                                .build()
                                .merge(config)
                        : config;
            }
        };
    }
}
