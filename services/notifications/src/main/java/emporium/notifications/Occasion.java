package emporium.notifications;

import emporium.contracts.ordering.OrderStatus;
import java.util.Optional;

/** What a customer is told of, in the order of an order's life. */
enum Occasion {
    CREATED,
    APPROVED,
    REJECTED,
    READY,
    COMPLETED,
    CANCELLED;

    /** Empty for what only the mall itself is concerned with. */
    static Optional<Occasion> of(OrderStatus status) {
        return switch (status) {
            case PENDING, CANCELLING -> Optional.empty();
            case APPROVED -> Optional.of(APPROVED);
            case READY -> Optional.of(READY);
            case COMPLETED -> Optional.of(COMPLETED);
            case REJECTED -> Optional.of(REJECTED);
            case CANCELLED -> Optional.of(CANCELLED);
        };
    }
}
