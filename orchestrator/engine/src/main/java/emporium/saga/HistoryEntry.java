package emporium.saga;

import java.util.UUID;

/**
 * One line of a saga's history.
 *
 * @param step null when it is about the saga as a whole
 * @param message the command or reply, null when there is none
 * @param attempt which sending of the command, 0 when it is not about one that is out
 * @param messageId the message's id, null when there is none
 * @param detail the reason, in words; null when there is nothing to explain
 */
public record HistoryEntry(
        String step, Subject kind, Object message, Outcome outcome, int attempt, UUID messageId, String detail) {

    /** What an entry is about. */
    public enum Subject {
        /** The saga as a whole: its beginning and its end. */
        SAGA,
        /** A step's command or the reply to it. */
        ACTION,
        /** A step's compensation or the reply to it. */
        COMPENSATION
    }

    /** What happened. */
    public enum Outcome {
        STARTED,
        SENT,
        SUCCEEDED,
        REFUSED,
        /** A late, repeated or foreign reply: it answers no command that is out, and changed nothing. */
        IGNORED,
        COMPLETED,
        COMPENSATED,
        NEEDS_ATTENTION
    }
}
