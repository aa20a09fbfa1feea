package emporium.messaging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Tells outages from faults of a message, and how long to wait before the next attempt. */
final class Failures {

    private static final int MOST_STACK = 20_000;

    private Failures() {}

    /** Whether the database cannot be used at all now, so that no message is to blame. */
    static boolean isOutage(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isOutage(sql)) {
                return true;
            }
        }
        return false;
    }

    /** Doubled with each attempt up to the cap, and up to a half more at random so that many do not come back at once. */
    static Duration backoff(int attempt, Duration base, Duration cap) {
        var doubled = base.toMillis() * (1L << Math.min(attempt - 1, 20));
        var wait = Math.min(doubled, cap.toMillis());
        return Duration.ofMillis(wait + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
    }

    static String stack(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        // PostgreSQL's text holds no NUL.
        var stack = text.toString().replace("\u0000", "");
        return stack.length() > MOST_STACK ? stack.substring(0, MOST_STACK) : stack;
    }

    /** What happened in one sentence: of the outermost failure that says more than the name of its cause. */
    static String reason(Throwable failure) {
        var told = failure;
        while (told.getCause() != null && saysNothing(told)) {
            told = told.getCause();
        }
        var message = told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
        return message.replace("\u0000", "");
    }

    private static boolean saysNothing(Throwable failure) {
        return failure.getMessage() == null
                || failure.getMessage().equals(failure.getCause().toString());
    }

    // Class 08 connection, 53 resources, 57 operator intervention (shutdown, starting up), 25006 a server that takes no
    // writes, as in a failover. Agroal gives no state when it waited in vain for a connection.
    private static boolean isOutage(SQLException failure) {
        var state = failure.getSQLState();
        if (state == null) {
            return failure.getMessage() != null && failure.getMessage().contains("cquisition timeout");
        }
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P") || state.equals("25006");
    }
}
