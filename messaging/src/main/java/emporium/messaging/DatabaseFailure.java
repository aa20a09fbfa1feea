package emporium.messaging;

import java.sql.SQLException;

/** SQL of this library failed; says which. Handled like any other failure of the database. */
final class DatabaseFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseFailure(String what, SQLException cause) {
        super(what + " failed: " + cause.getMessage(), cause);
    }
}
