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

    static HistoryEntry ofSaga(Outcome outcome, String detail) {
        return new HistoryEntry(null, Subject.SAGA, null, outcome, 0, null, detail);
    }

    static HistoryEntry ofOperator(Outcome outcome, String reason) {
        return new HistoryEntry(null, Subject.OPERATOR, null, outcome, 0, null, reason);
    }

    static HistoryEntry ignored(Transitions.Reply reply, String why) {
        return new HistoryEntry(null, Subject.SAGA, reply.body(), Outcome.IGNORED, 0, reply.id(), why);
    }

    /** What an entry is about. */
    public enum Subject {
        /** The saga as a whole: its beginning, its turn and its end. */
        SAGA,
        /** A step's command or the reply to it. */
        ACTION,
        /** A step's compensation or the reply to it. */
        COMPENSATION,
        /** What a person has done, and why. */
        OPERATOR
    }

    /** What happened. */
    public enum Outcome {
        STARTED,
        SENT,
        SUCCEEDED,
        REFUSED,
        /** A technical failure: nothing is known of the outcome. */
        FAILED,
        /** The deadline has passed without an answer. */
        TIMED_OUT,
        /** A late, repeated or foreign reply: it answers no command that is out, and changed nothing. */
        IGNORED,
        /** From here on it goes back. */
        TURNED,
        /** The saga as a whole takes longer than it may, and is past its pivot. */
        LATE,
        /** A cancel that turned it round, or was told to what is being undone. */
        CANCELLED,
        /** A cancel that came after the pivot: the saga goes on to its end, and what ends it hears of the cancel. */
        CANCEL_REMEMBERED,
        /** The operator had the stuck commands sent again. */
        RETRIED,
        /** The operator declared what is stuck as done. */
        SKIPPED,
        /** The operator has ended the saga. */
        RESOLVED,
        COMPLETED,
        COMPENSATED,
        NEEDS_ATTENTION
    }
}
