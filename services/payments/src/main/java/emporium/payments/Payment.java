package emporium.payments;

import static emporium.payments.Payment.Status.AUTHORIZED;
import static emporium.payments.Payment.Status.CAPTURED;
import static emporium.payments.Payment.Status.CONFIRMED;
import static emporium.payments.Payment.Status.REFUNDED;
import static emporium.payments.Payment.Status.VOIDED;

import emporium.contracts.Money;
import emporium.payments.Transfer.Kind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * Money of one customer, held at the gateway, for one order only. Its status is what was decided; the amounts held,
 * captured and refunded are what the gateway has done about it so far.
 */
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

    @Column(name = "invoice_id")
    private UUID invoiceId;

    private long held;

    private long captured;

    private long refunded;

    @Column(name = "capture_id")
    private String captureId;

    private UUID capturing;

    @Column(name = "to_be_returned")
    private boolean toBeReturned;

    @Version
    private long version;

    protected Payment() {}

    private Payment(UUID id, UUID customerId, Money amount) {
        this.id = id;
        this.customerId = customerId;
        this.amount = amount.amount();
        this.currency = amount.currency();
        this.held = amount.amount();
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

    /** What was authorised. */
    Money amount() {
        return money(amount);
    }

    Money held() {
        return money(held);
    }

    Money captured() {
        return money(captured);
    }

    Money refunded() {
        return money(refunded);
    }

    Status status() {
        return status;
    }

    /** The order it is bound to, or null. */
    UUID orderId() {
        return orderId;
    }

    /** What that order has to pay, or null as long as it has no invoice. */
    UUID invoiceId() {
        return invoiceId;
    }

    /** Whether the gateway was told to take it and has not answered yet. */
    boolean isCapturing() {
        return capturing != null;
    }

    /** Why it cannot be confirmed for this order, in a sentence for the customer; empty when it can, or is already. */
    Optional<String> objection(UUID order, UUID customer, Money total) {
        if (!customerId.equals(customer)) {
            return Optional.of("The payment " + id + " belongs to another customer.");
        }
        if (hasLeft(order)) {
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
        if (hasLeft(order)) {
            return;
        }
        if (order.equals(orderId)) {
            move(CONFIRMED, AUTHORIZED);
            orderId = null;
        }
        leave(order);
    }

    /** Whether it was released from the order or given back, so that nothing is to be paid for it. */
    boolean hasLeft(UUID order) {
        return releasedOrders.contains(order);
    }

    /** Remembers the one invoice of its order. */
    void invoiced(UUID invoice) {
        if (status != CONFIRMED || invoiceId != null) {
            throw new IllegalStateException("The payment %s is %s and has the invoice %s: it cannot have another."
                    .formatted(id, status, invoiceId));
        }
        invoiceId = invoice;
    }

    /** Begins to take so much of it. Until the gateway has answered nobody knows whether it is taken. */
    Transfer capture(UUID transfer, Money toTake, Instant now) {
        if (status != CONFIRMED || isCapturing()) {
            throw new IllegalStateException("The payment %s is %s%s and cannot be taken."
                    .formatted(id, status, isCapturing() ? ", being taken," : ""));
        }
        capturing = transfer;
        return new Transfer(transfer, id, Kind.CAPTURE, authorizationId, toTake, now);
    }

    /**
     * The gateway has taken so much and let go the rest.
     *
     * @return how it is given back under the id {@code next}, when that was asked for meanwhile
     */
    Optional<Transfer> captured(Money taken, String gatewayId, UUID next, Instant now) {
        move(CONFIRMED, CAPTURED);
        capturing = null;
        captured = taken.amount();
        held = 0;
        captureId = gatewayId;
        return toBeReturned ? Optional.of(returned(next, now)) : Optional.empty();
    }

    /** The gateway has taken nothing; otherwise as {@link #captured}. */
    Optional<Transfer> captureDeclined(UUID next, Instant now) {
        capturing = null;
        return toBeReturned ? Optional.of(returned(next, now)) : Optional.empty();
    }

    /**
     * Gives up the money for this order, for good; doing it again changes nothing.
     *
     * @return what the gateway is to be told under the id {@code next}; empty when it has nothing of the order, and
     *     while it is taking the money, which then goes back as soon as that has ended
     */
    Optional<Transfer> giveBack(UUID order, UUID next, Instant now) {
        if (hasLeft(order)) {
            return Optional.empty();
        }
        leave(order);
        if (!order.equals(orderId)) {
            return Optional.empty();
        }
        toBeReturned = true;
        return isCapturing() ? Optional.empty() : Optional.of(returned(next, now));
    }

    /** The gateway holds nothing any more. */
    void letGo() {
        held = 0;
    }

    /** The gateway has given back so much. */
    void refunded(Money back) {
        refunded = refunded().plus(back).amount();
    }

    private Transfer returned(UUID transfer, Instant now) {
        if (status == CAPTURED) {
            move(CAPTURED, REFUNDED);
            return new Transfer(transfer, id, Kind.REFUND, captureId, captured(), now);
        }
        move(CONFIRMED, VOIDED);
        return new Transfer(transfer, id, Kind.VOID, authorizationId, held(), now);
    }

    private void leave(UUID order) {
        var left = new ArrayList<>(releasedOrders);
        left.add(order);
        releasedOrders = left;
    }

    private void move(Status from, Status to) {
        if (status != from) {
            throw new IllegalStateException(
                    "The payment %s is %s and cannot become %s, which only a payment that is %s can."
                            .formatted(id, status, to, from));
        }
        status = to;
    }

    private Money money(long minorUnits) {
        return new Money(minorUnits, currency);
    }
}
