package emporium.eventsourcing;

/** A stored event that this code has no reading of: an unknown type, a newer version, or data of another shape. */
public final class UnreadableEvent extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableEvent(String message, Throwable cause) {
        super(message, cause);
    }
}
