package emporium.benchmarks;

import emporium.benchmarks.Desk.Placed;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * All orders of a loop, and from when to when it counted.
 *
 * @param moment of an order that has to lie in the counted time for its latency to count: in a closed loop that it was
 *     decided; in an open one that it was to be placed, or those that wait beyond the end would be left out
 */
record Run(Collection<Placed> placed, long begin, long end, ToLongFunction<Placed> moment) {

    /** The orders whose latency counts. */
    List<Placed> counted() {
        return within(moment, begin, end).toList();
    }

    double seconds() {
        return (end - begin) / 1e9;
    }

    /** Orders decided a second. */
    double perSecond() {
        return within(Placed::decided, begin, end).count() / seconds();
    }

    /** The rate in each of so many equal parts of the time. */
    DoubleStream rounds(int number) {
        var length = (end - begin) / number;
        return LongStream.range(0, number)
                .map(round -> begin + round * length)
                .mapToDouble(
                        start -> within(Placed::decided, start, start + length).count() / (length / 1e9));
    }

    private Stream<Placed> within(ToLongFunction<Placed> when, long from, long to) {
        return placed.stream().filter(order -> when.applyAsLong(order) >= from && when.applyAsLong(order) < to);
    }
}
