package emporium.messaging;

/** A message that cannot be read here: its type is unknown or its body does not fit. It is retried, then parked. */
final class UndecodableMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UndecodableMessage(String message) {
        super(message);
    }

    UndecodableMessage(String message, Throwable cause) {
        super(message, cause);
    }
}
