package emporium.ordering;

import java.util.List;
import java.util.UUID;

/** The copy of the catalogue lacks these products, or would refuse them for what may have changed by now. */
final class OwnerMayKnowBetter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<UUID> products;

    OwnerMayKnowBetter(List<UUID> products) {
        // No stack: it is a turn of the way, not a failure.
        super("ask the owner of " + products, null, false, false);
        this.products = products;
    }

    List<UUID> products() {
        return products;
    }
}
