package emporium.depot;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;

/** What a bot fetches for one order, store by store. There is one list an order, also when the order was cancelled. */
@Entity
@Table(schema = "depot", name = "shopping_list")
class ShoppingList {

    enum Status {
        /** Its stock is reserved, its order not yet paid for. */
        PENDING,
        /** Waits for a bot. */
        AVAILABLE,
        /** In the hands of a bot. */
        ASSIGNED,
        /** Fetched: what was reserved for it has left the shelves. */
        COMPLETED,
        /** Nothing is to be fetched and nothing reserved; also of an order cancelled before its list was opened. */
        CANCELLED;

        private boolean mayBecome(Status next) {
            return switch (this) {
                case PENDING -> next == AVAILABLE || next == CANCELLED;
                case AVAILABLE -> next == ASSIGNED || next == CANCELLED;
                case ASSIGNED -> next == COMPLETED || next == AVAILABLE || next == CANCELLED;
                case COMPLETED -> next == CANCELLED;
                case CANCELLED -> false;
            };
        }
    }

    @Id
    private UUID id;

    @Column(name = "order_id", updatable = false)
    private UUID orderId;

    @Enumerated(EnumType.STRING)
    private Status status;

    // Never changed, so Hibernate need not keep a copy to compare with, nor write it again with the status.
    @Column(updatable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private List<Stop> stops;

    @Column(updatable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private Map<UUID, Long> reserved;

    @Column(name = "bot_id")
    private UUID botId;

    protected ShoppingList() {}

    private ShoppingList(UUID id, UUID orderId, Status status, List<Stop> stops, Map<UUID, Long> reserved) {
        this.id = id;
        this.orderId = orderId;
        this.status = status;
        this.stops = stops;
        this.reserved = reserved;
    }

    static ShoppingList open(UUID id, UUID orderId, List<Stop> stops, Map<UUID, Long> reserved) {
        return new ShoppingList(id, orderId, Status.PENDING, stops, reserved);
    }

    /** Stands for an order whose cancel came first, so that its late create reserves nothing. */
    static ShoppingList cancelledBeforehand(UUID id, UUID orderId) {
        return new ShoppingList(id, orderId, Status.CANCELLED, List.of(), Map.of());
    }

    UUID id() {
        return id;
    }

    UUID orderId() {
        return orderId;
    }

    Status status() {
        return status;
    }

    List<Stop> stops() {
        return stops;
    }

    /** What this list took of limited stock, by product: what leaves with the bot, and exactly what a cancel gives back. */
    Map<UUID, Long> reserved() {
        return reserved;
    }

    /** The bot that fetches the list or has fetched it; null when there is none. */
    UUID botId() {
        return botId;
    }

    boolean is(Status status) {
        return this.status == status;
    }

    boolean isInHandsOf(UUID bot) {
        return is(Status.ASSIGNED) && botId.equals(bot);
    }

    void makeAvailable() {
        move(Status.AVAILABLE);
    }

    void assignTo(UUID bot) {
        move(Status.ASSIGNED);
        botId = bot;
    }

    /** The caller lets what was {@link #reserved()} leave the shelves. */
    void complete() {
        move(Status.COMPLETED);
    }

    /** Takes the list from its bot, for another to fetch. */
    void release() {
        move(Status.AVAILABLE);
        botId = null;
    }

    /** Gives up the list, also out of a bot's hands; the caller frees or brings back what was {@link #reserved()}. */
    void cancel() {
        move(Status.CANCELLED);
        botId = null;
    }

    private void move(Status next) {
        if (!status.mayBecome(next)) {
            throw new IllegalStateException(
                    "The shopping list %s is %s and cannot become %s.".formatted(id, status, next));
        }
        status = next;
    }
}
