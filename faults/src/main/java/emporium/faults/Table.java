package emporium.faults;

import java.util.List;
import java.util.Locale;

/** What was seen, as a person reads it: Markdown, so that it goes into the documentation as it is. */
final class Table {

    static final String HEAD = """
            | fault | orders | lost | twice | flows again after | caught up after | |
            |---|---:|---:|---:|---:|---:|---|""";

    private Table() {}

    static String row(Result result) {
        return "| %-28s | %5d | %3d | %3d | %8s | %8s | %s |"
                .formatted(
                        result.fault(),
                        result.orders(),
                        result.lost(),
                        result.twice(),
                        seconds(result.flowingAfterMs()),
                        seconds(result.caughtUpAfterMs()),
                        (result.isGood() ? "held" : "BROKEN") + (result.note().isEmpty() ? "" : ": " + result.note()));
    }

    static String sum(List<Result> results) {
        return "| **all %d faults** | %d | %d | %d | | | %s |"
                .formatted(
                        results.size(),
                        results.stream().mapToInt(Result::orders).sum(),
                        results.stream().mapToInt(Result::lost).sum(),
                        results.stream().mapToInt(Result::twice).sum(),
                        results.stream().allMatch(Result::isGood) ? "held" : "BROKEN");
    }

    private static String seconds(long millis) {
        return millis == Long.MAX_VALUE ? "never" : String.format(Locale.ROOT, "%.1f s", Math.max(0, millis) / 1000.0);
    }
}
