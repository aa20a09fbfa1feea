package emporium.faults;

import java.time.Instant;
import java.util.UUID;

/** An order that was accepted, and what it was placed for. */
record Placed(UUID id, Wish wish, UUID payment, UUID product, int quantity, Instant at) {

    /** What the shopper is after. */
    enum Wish {
        /** Fetched, paid and completed. */
        GOODS,
        /** A product that the shelves have not. */
        OUT_OF_STOCK,
        /** A payment that does not cover the order. */
        UNDERFUNDED,
        /** Cancelled by the shopper, at once or a little later. */
        CHANGED_MIND;

        static Wish ofTurn(int turn) {
            return switch (turn % 10) {
                case 3 -> OUT_OF_STOCK;
                case 5 -> UNDERFUNDED;
                case 7, 9 -> CHANGED_MIND;
                default -> GOODS;
            };
        }
    }
}
