package emporium.payments;

import emporium.contracts.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What the gateway is told to do with the money of one payment. Recorded before the gateway is told, and repeated
 * under its id as the reference until the gateway has answered: so a crash in between loses and doubles nothing.
 */
@Entity
@Table(schema = "payments", name = "transfer")
class Transfer {

    /** An attempt that takes longer is taken for lost, and another is made. */
    static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(15);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;

    enum Kind {
        /** Take what is held. */
        CAPTURE,
        /** Let it go. */
        VOID,
        /** Give back what was taken. */
        REFUND
    }

    enum Status {
        /** The gateway has not answered yet. */
        PENDING,
        /** The gateway has done it. */
        DONE,
        /** The gateway will not do it. */
        DECLINED
    }

    @Id
    private UUID id;

    @Column(name = "payment_id")
    private UUID paymentId;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String subject;

    private long amount;

    private String currency;

    @Enumerated(EnumType.STRING)
    private Status status;

    private String reason;

    private int attempts;

    @Column(name = "recorded_at")
    private Instant recordedAt;

    @Column(name = "next_attempt_at")
    private Instant nextAttemptAt;

    protected Transfer() {}

    Transfer(UUID id, UUID paymentId, Kind kind, String subject, Money amount, Instant now) {
        this.id = id;
        this.paymentId = paymentId;
        this.kind = kind;
        this.subject = subject;
        this.amount = amount.amount();
        this.currency = amount.currency();
        this.status = Status.PENDING;
        this.recordedAt = now;
        this.nextAttemptAt = now;
    }

    UUID id() {
        return id;
    }

    UUID paymentId() {
        return paymentId;
    }

    Kind kind() {
        return kind;
    }

    /** The gateway's id of what it is about: the capture for a refund, else the authorization. */
    String subject() {
        return subject;
    }

    Money amount() {
        return new Money(amount, currency);
    }

    Status status() {
        return status;
    }

    /** Why it was declined, or why the last attempt had no answer; or null. */
    String reason() {
        return reason;
    }

    int attempts() {
        return attempts;
    }

    Instant recordedAt() {
        return recordedAt;
    }

    Instant nextAttemptAt() {
        return nextAttemptAt;
    }

    boolean isPending() {
        return status == Status.PENDING;
    }

    /** Whoever commits this may ask the gateway; no other does within {@link #LONGEST_ATTEMPT}. */
    void attempt(Instant now) {
        attempts++;
        nextAttemptAt = now.plus(LONGEST_ATTEMPT);
    }

    /** The gateway gave no answer: it is asked again, later each time. */
    void unanswered(String why, Instant now) {
        reason = why;
        nextAttemptAt = now.plus(FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS)));
    }

    void done() {
        end(Status.DONE, null);
    }

    void declined(String why) {
        end(Status.DECLINED, why);
    }

    private void end(Status to, String why) {
        if (status != Status.PENDING) {
            throw new IllegalStateException("The transfer %s is %s and cannot become %s.".formatted(id, status, to));
        }
        status = to;
        reason = why;
    }
}
