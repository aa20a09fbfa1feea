package emporium.payments;

import static emporium.payments.Payment.Status.AUTHORIZED;
import static emporium.payments.Payment.Status.CONFIRMED;
import static emporium.payments.Payment.Status.VOIDED;

import emporium.contracts.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Money of one customer, held at the gateway, for one order only. */
@Entity
@Table(schema = "payments", name = "payment")
class Payment {

    enum Status {
        /** Held, and free for an order. */
        AUTHORIZED,
        /** Bound to an order. */
        CONFIRMED,
        /** Taken. */
        CAPTURED,
        /** Given up before it was taken. */
        VOIDED,
        /** Given back after it was taken. */
        REFUNDED
    }

    @Id
    private UUID id;

    @Column(name = "customer_id")
    private UUID customerId;

    private long amount;

    private String currency;

    private String method;

    @Column(name = "authorization_id")
    private String authorizationId;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Column(name = "order_id")
    private UUID orderId;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "released_orders")
    private List<UUID> releasedOrders;

    @Version
    private long version;

    protected Payment() {}

    private Payment(UUID id, UUID customerId, Money amount) {
        this.id = id;
        this.customerId = customerId;
        this.amount = amount.amount();
        this.currency = amount.currency();
        this.status = AUTHORIZED;
        this.releasedOrders = List.of();
    }

    static Payment authorized(UUID id, UUID customerId, Money amount, String method, String authorizationId) {
        var payment = new Payment(id, customerId, amount);
        payment.method = method;
        payment.authorizationId = authorizationId;
        return payment;
    }

    UUID id() {
        return id;
    }

    UUID customerId() {
        return customerId;
    }

    Money amount() {
        return new Money(amount, currency);
    }

    Status status() {
        return status;
    }

    /** The order it is bound to, or null. */
    UUID orderId() {
        return orderId;
    }

    /** Why it cannot be confirmed for this order, in a sentence for the customer; empty when it can, or is already. */
    Optional<String> objection(UUID order, UUID customer, Money total) {
        if (!customerId.equals(customer)) {
            return Optional.of("The payment " + id + " belongs to another customer.");
        }
        if (releasedOrders.contains(order)) {
            return Optional.of("The payment " + id + " was released from this order, which is cancelled.");
        }
        if (order.equals(orderId)) {
            return Optional.empty();
        }
        if (status != AUTHORIZED) {
            return Optional.of("The payment " + id + " was used for another order.");
        }
        return amount().covers(total)
                ? Optional.empty()
                : Optional.of("The payment of %s does not cover %s.".formatted(amount(), total));
    }

    /** Binds it to the order, which has no {@link #objection}. Confirming again changes nothing. */
    void confirm(UUID order) {
        if (!order.equals(orderId)) {
            move(AUTHORIZED, CONFIRMED);
            orderId = order;
        }
    }

    /** Frees it from the order, for good: a confirm that was overtaken by this comes too late. */
    void release(UUID order) {
        if (releasedOrders.contains(order)) {
            return;
        }
        if (order.equals(orderId)) {
            move(CONFIRMED, AUTHORIZED);
            orderId = null;
        }
        remember(order);
    }

    /** Lets the money go that is held for this order. Doing it again changes nothing. */
    void giveBack(UUID order) {
        if (releasedOrders.contains(order)) {
            return;
        }
        if (order.equals(orderId)) {
            move(CONFIRMED, VOIDED);
        }
        remember(order);
    }

    private void remember(UUID order) {
        var released = new ArrayList<>(releasedOrders);
        released.add(order);
        releasedOrders = released;
    }

    private void move(Status from, Status to) {
        if (status != from) {
            throw new IllegalStateException(
                    "The payment %s is %s and cannot become %s, which only a payment that is %s can."
                            .formatted(id, status, to, from));
        }
        status = to;
    }
}
