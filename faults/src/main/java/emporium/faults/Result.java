package emporium.faults;

import java.util.List;

/**
 * What one fault has shown, as it is written to JSON.
 *
 * @param orders accepted before, during and after it
 * @param flowingAfterMs from the moment in which what was broken is ready again to the first decision of an order that
 *     was placed after it
 * @param caughtUpAfterMs from that moment to the last decision of an order that was placed before it
 * @param quietAfterMs from the last order placed until nothing was under way any more
 * @param repeated requests that had to be sent again
 * @param note what is worth telling beside the figures
 */
record Result(
        String fault,
        int orders,
        int lost,
        int twice,
        long flowingAfterMs,
        long caughtUpAfterMs,
        long quietAfterMs,
        long repeated,
        String note,
        List<String> findings) {

    /** Of a fault that could not be gone through with. */
    static Result none(String fault, int orders, String why) {
        return new Result(fault, orders, 0, 0, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0, "", List.of(why));
    }

    boolean isGood() {
        return findings.isEmpty();
    }
}
