package emporium.benchmarks;

import emporium.benchmarks.OrderWatch.Reads;
import emporium.benchmarks.OrderWatch.Status;
import java.util.UUID;

/** What it costs the mall to be watched: measured once, and taken off the cost of the orders. */
record ReadCosts(Cost list, Cost order) {

    private static final int LISTS = 200;
    private static final int ORDERS = 400;

    static ReadCosts measure(Meter meter, OrderWatch watch, UUID anyOrder) throws InterruptedException {
        var lists = meter.measure(() -> {
            for (var i = 0; i < LISTS; i++) {
                watch.readList(Status.APPROVED, null);
            }
        });
        var orders = meter.measure(() -> {
            for (var i = 0; i < ORDERS; i++) {
                watch.readOrder(anyOrder);
            }
        });
        return new ReadCosts(each(lists, LISTS), each(orders, ORDERS));
    }

    /** A read makes a whole number of commits: what is beyond was made by somebody else meanwhile. */
    private static Cost each(Cost all, int reads) {
        var each = all.times(1.0 / reads);
        return new Cost(
                each.cpu().mallOnly(), Math.rint(each.commits()), each.statements(), each.walBytes(), each.messages());
    }

    Cost of(Reads reads) {
        return list.times(reads.lists()).plus(order.times(reads.orders()));
    }
}
