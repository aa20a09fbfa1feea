package emporium.ordering;

import emporium.contracts.ordering.OrderStatus;

/**
 * Which saga holds an order, so that nobody else begins something with it meanwhile. A cancel takes a pending order
 * over from create-order, which it turns round or outlives; nothing takes an order from cancel-order.
 */
final class SemanticLock {
    private SemanticLock() {}

    /** The name of the saga; null when the order is free. */
    static String holder(OrderStatus status) {
        return switch (status) {
            case PENDING -> "create-order";
            case CANCELLING -> "cancel-order";
            case APPROVED, READY, COMPLETED, REJECTED, CANCELLED -> null;
        };
    }

    static boolean letsCancel(OrderStatus status) {
        return switch (status) {
            case PENDING, APPROVED, READY -> true;
            case COMPLETED, REJECTED, CANCELLING, CANCELLED -> false;
        };
    }
}
