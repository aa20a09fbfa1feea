package emporium.benchmarks;

import emporium.benchmarks.OrderWatch.Reads;
import emporium.benchmarks.OrderWatch.Status;
import java.util.UUID;

/** What it costs the mall to be watched: measured once, and taken off the cost of the orders. */
record ReadCosts(Cost list, Cost order) {

    private static final int LISTS = 300;
    private static final int ORDERS = 600;

    static ReadCosts measure(Meter meter, OrderWatch watch, UUID anyOrder) throws InterruptedException {
        return new ReadCosts(
                measure(meter, LISTS, () -> watch.readList(Status.APPROVED, null)),
                measure(meter, ORDERS, () -> watch.readOrder(anyOrder)));
    }

    /** The second time, when the mall's JVM knows the work: it does by far the most of its reads that way. */
    private static Cost measure(Meter meter, int reads, Crew.Work read) throws InterruptedException {
        Crew.Work all = () -> {
            for (var i = 0; i < reads; i++) {
                read.run();
            }
        };
        all.run();
        return each(meter.measure(all), reads);
    }

    /** A read makes a whole number of commits: what is beyond was made by somebody else meanwhile. */
    private static Cost each(Cost all, int reads) {
        var each = all.times(1.0 / reads);
        return new Cost(
                each.cpu().mallOnly(),
                Math.rint(each.commits()),
                each.statements(),
                each.rows(),
                each.walBytes(),
                each.messages());
    }

    Cost of(Reads reads) {
        return list.times(reads.lists()).plus(order.times(reads.orders()));
    }
}
