package emporium.payments;

import static emporium.contracts.payments.InvoiceStatus.CANCELLED;
import static emporium.contracts.payments.InvoiceStatus.ISSUED;
import static emporium.contracts.payments.InvoiceStatus.PAID;

import emporium.contracts.Money;
import emporium.contracts.payments.InvoiceChanged;
import emporium.contracts.payments.InvoiceStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** What one order has to pay, out of one payment. Changed only under the lock of that payment. */
@Entity
@Table(schema = "payments", name = "invoice")
class Invoice {

    @Id
    private UUID id;

    @Column(name = "order_id")
    private UUID orderId;

    @Column(name = "payment_id")
    private UUID paymentId;

    @Column(name = "customer_id")
    private UUID customerId;

    private long amount;

    private String currency;

    @Enumerated(EnumType.STRING)
    private InvoiceStatus status;

    private long version;

    @Column(name = "issued_at")
    private Instant issuedAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    protected Invoice() {}

    /** For the order that the payment is bound to. */
    static Invoice issued(UUID id, Payment payment, Money amount, Instant now) {
        var invoice = new Invoice();
        invoice.id = id;
        invoice.orderId = payment.orderId();
        invoice.paymentId = payment.id();
        invoice.customerId = payment.customerId();
        invoice.amount = amount.amount();
        invoice.currency = amount.currency();
        invoice.status = ISSUED;
        invoice.issuedAt = now;
        invoice.changed(now);
        return invoice;
    }

    UUID id() {
        return id;
    }

    UUID orderId() {
        return orderId;
    }

    UUID paymentId() {
        return paymentId;
    }

    UUID customerId() {
        return customerId;
    }

    Money amount() {
        return new Money(amount, currency);
    }

    InvoiceStatus status() {
        return status;
    }

    long version() {
        return version;
    }

    Instant issuedAt() {
        return issuedAt;
    }

    Instant changedAt() {
        return changedAt;
    }

    void adjust(Money to, Instant now) {
        move(Set.of(ISSUED), ISSUED, now);
        amount = to.amount();
        currency = to.currency();
    }

    void paid(Instant now) {
        move(Set.of(ISSUED), PAID, now);
    }

    /** Also of a paid one, whose money is given back. */
    void cancel(Instant now) {
        move(Set.of(ISSUED, PAID), CANCELLED, now);
    }

    InvoiceChanged told() {
        return new InvoiceChanged(id, version, orderId, amount(), status, changedAt);
    }

    private void move(Set<InvoiceStatus> from, InvoiceStatus to, Instant now) {
        if (!from.contains(status)) {
            throw new IllegalStateException("The invoice %s is %s and cannot become %s.".formatted(id, status, to));
        }
        status = to;
        changed(now);
    }

    private void changed(Instant now) {
        version++;
        changedAt = now;
    }
}
