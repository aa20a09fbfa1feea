package emporium.rest;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/** Tells from a failure's causes what the client can do about it. */
final class DatabaseProblems {

    private DatabaseProblems() {}

    /** The database is not there, does not take connections, or all connections are in use. */
    static boolean isUnavailable(Throwable cause) {
        return switch (cause) {
            case SQLTransientConnectionException e -> true;
            case SQLNonTransientConnectionException e -> true;
            case SQLRecoverableException e -> true;
            case SQLException e -> isUnavailable(e);
            default -> false;
        };
    }

    private static boolean isUnavailable(SQLException failure) {
        var state = failure.getSQLState();
        if (state == null) {
            // Agroal's own exceptions have no state: the pool has waited in vain for a connection.
            return String.valueOf(failure.getMessage()).toLowerCase().contains("acquisition timeout");
        }
        // Connection exceptions; too many connections, disk full; shutdown and start-up of the server; a server that
        // takes
        // no writes, as in a failover.
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P") || state.equals("25006");
    }

    /** Another transaction was faster: a changed version, a taken unique value, a deadlock, a lock that was not to be had. */
    static boolean isCollision(Throwable cause) {
        return cause instanceof jakarta.persistence.OptimisticLockException
                || cause instanceof SQLException e && isCollision(e);
    }

    private static boolean isCollision(SQLException failure) {
        return switch (String.valueOf(failure.getSQLState())) {
            case "23505", "40001", "40P01", "55P03" -> true;
            default -> false;
        };
    }

    /** A text has a character that the database cannot store. */
    static boolean isUnstorableText(Throwable cause) {
        return cause instanceof SQLException e && ("22021".equals(e.getSQLState()) || "22P05".equals(e.getSQLState()));
    }
}
