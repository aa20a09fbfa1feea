package emporium.faults;

import java.util.List;

/** Messages that come twice, late, or in the wrong order. */
final class DeliveryFaults {

    private static final int ORDERS = 30;

    /** So many that one of them surely comes after the last when a tenth is late: nothing mends the copy afterwards. */
    private static final int PRICE_CHANGES = 20;

    private DeliveryFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("every-message-twice", arena -> during("duplicate", arena)),
                Fault.of("a-tenth-delayed", arena -> during("delay", arena)),
                Fault.of("order-reversed", arena -> during("reverse", arena)));
    }

    private static void during(String anomaly, Arena arena) {
        arena.armed().arm(anomaly, "");
        arena.shopping().place(ORDERS);
        arena.shopping().settlePrices(PRICE_CHANGES);
        arena.armed().disarm(anomaly);
    }
}
