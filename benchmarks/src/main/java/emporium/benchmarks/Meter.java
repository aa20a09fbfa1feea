package emporium.benchmarks;

import java.time.Duration;

/**
 * Says what work has cost in processes and database, less what goes on anyway. CPU is read right before and after the
 * work; PostgreSQL's counts only when every session has handed in its own.
 */
final class Meter {

    private static final Duration IDLE = Duration.ofSeconds(20);

    private final Processes processes;
    private final Statistics statistics;
    private final Progress progress;
    private Cost perSecond = Cost.NOTHING;

    Meter(Processes processes, Statistics statistics, Progress progress) {
        this.processes = processes;
        this.statistics = statistics;
        this.progress = progress;
    }

    /** Learns what an idle mall costs in a second: sweepers, health checks, autovacuum. */
    Cost measureIdle() throws InterruptedException {
        var measured = measure(() -> {
            progress.show("measuring the idle mall");
            Thread.sleep(IDLE);
        });
        var counted = IDLE.plus(Statistics.UNTIL_HANDED_IN);
        perSecond =
                measured.times(1000.0 / counted.toMillis()).with(measured.cpu().times(1000.0 / IDLE.toMillis()));
        return perSecond;
    }

    Cost measure(Crew.Work work) throws InterruptedException {
        progress.show("tidying up the database");
        statistics.tidyUp();
        waitForStatistics();
        var countsBefore = statistics.counts();
        var begin = System.nanoTime();
        var cpuBefore = processes.cpu();
        work.run();
        var cpu = processes.cpu().minus(cpuBefore).minus(perSecond.cpu().times(secondsSince(begin)));
        waitForStatistics();
        return statistics
                .counts()
                .minus(countsBefore)
                .minus(perSecond.times(secondsSince(begin)))
                .with(cpu);
    }

    private void waitForStatistics() throws InterruptedException {
        progress.show("waiting for PostgreSQL's statistics");
        Thread.sleep(Statistics.UNTIL_HANDED_IN);
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
