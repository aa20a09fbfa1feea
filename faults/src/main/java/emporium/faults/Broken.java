package emporium.faults;

/** The suite itself could not do or see what it must; the run has no result and fails. */
final class Broken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Broken(String message) {
        super(message);
    }

    Broken(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
