package emporium.saga;

import java.sql.SQLException;

/** The database refused or could not be reached: an outage or a bug, so the message at hand is tried again. */
public final class SagaTablesFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SagaTablesFailed(SQLException cause) {
        super(cause);
    }
}
