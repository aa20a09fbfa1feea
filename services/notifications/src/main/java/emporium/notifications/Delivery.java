package emporium.notifications;

import java.time.Instant;
import java.util.UUID;

/**
 * One letter to one customer, from the event to the mail.
 *
 * @param dueAt when it may be claimed; while it is being sent, when another sender may take over; null at its end
 * @param recipient null until it is sent, as are the subject and the time
 * @param detail why the last attempt did not succeed, or null
 */
record Delivery(
        UUID id,
        Notice notice,
        State state,
        Instant dueAt,
        int attempts,
        String recipient,
        String subject,
        String detail,
        Instant createdAt,
        Instant sentAt) {

    UUID order() {
        return notice.order();
    }

    /** Its place among the letters about its order, which go out one after the other. */
    int step() {
        return notice.occasion().ordinal();
    }

    enum State {
        /** To be sent, for the first time or again. */
        PENDING,
        /** A sender is at it; should that have died, another takes over when it is due. */
        SENDING,
        /** The mail server has taken it over. */
        SENT,
        /** Given up: refused for good, or tried too often. An operator may have it sent again. */
        FAILED
    }
}
