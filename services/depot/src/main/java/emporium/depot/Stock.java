package emporium.depot;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** What the shelves hold of one product, and how much of that is promised to open shopping lists. */
@Entity
@Table(schema = "depot", name = "stock")
class Stock {

    @Id
    @Column(name = "product_id")
    private UUID productId;

    private long quantity;

    private long reserved;

    protected Stock() {}

    Stock(UUID productId, long quantity) {
        this.productId = productId;
        this.quantity = quantity;
    }

    UUID productId() {
        return productId;
    }

    long quantity() {
        return quantity;
    }

    long reserved() {
        return reserved;
    }

    long available() {
        return quantity - reserved;
    }

    boolean covers(long wanted) {
        return wanted <= available();
    }

    void reserve(long wanted) {
        if (!covers(wanted)) {
            throw new IllegalStateException(
                    "Only %d of product %s are available, not %d.".formatted(available(), productId, wanted));
        }
        reserved += wanted;
    }

    void free(long given) {
        if (given > reserved) {
            throw new IllegalStateException(
                    "Only %d of product %s are reserved, not %d.".formatted(reserved, productId, given));
        }
        reserved -= given;
    }

    /** What was promised is handed over. */
    void leave(long taken) {
        free(taken);
        quantity -= taken;
    }

    /** What had left is on the shelves again, promised to nobody. */
    void bringBack(long taken) {
        quantity += taken;
    }

    /** Sets what was counted on the shelves; what is promised must be there. */
    void count(long onShelves) {
        if (onShelves < reserved) {
            throw new IllegalStateException("%d of product %s are reserved, so the shelves cannot hold only %d."
                    .formatted(reserved, productId, onShelves));
        }
        quantity = onShelves;
    }
}
