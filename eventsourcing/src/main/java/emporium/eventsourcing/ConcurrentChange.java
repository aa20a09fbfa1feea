package emporium.eventsourcing;

/**
 * Someone else saved the same aggregate first. The transaction cannot commit any more; reading the aggregate anew in
 * another one and deciding again is safe.
 */
public final class ConcurrentChange extends RuntimeException {

    private static final long serialVersionUID = 1;

    ConcurrentChange(String message, Throwable cause) {
        super(message, cause);
    }
}
