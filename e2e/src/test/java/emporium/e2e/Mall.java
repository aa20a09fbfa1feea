package emporium.e2e;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A mall that runs, seen from outside, in whatever its processes are. */
interface Mall {

    int port();

    default URI uri() {
        return URI.create("http://localhost:" + port());
    }

    /** Until all of it is ready, what was killed included. */
    void awaitReady();

    /** Ends {@code postgres}, {@code nats} or a service at once, with no chance to tidy up. */
    void kill(String process);

    /** A connection to each of its databases, to see what REST does not show. */
    List<Connection> databases() throws SQLException;

    /** The end of what its processes wrote, for the message of a test that fails. */
    String logs();

    /** Returns the exit code of what stops it. */
    int stop();
}
