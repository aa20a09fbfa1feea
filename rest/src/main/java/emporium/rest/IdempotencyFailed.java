package emporium.rest;

import java.sql.SQLException;

/** The table of idempotency keys could not be read or written. */
final class IdempotencyFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IdempotencyFailed(SQLException cause) {
        super(cause);
    }
}
