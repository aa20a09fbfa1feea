package emporium.notifications;

/** A letter that no further attempt would bring to its addressee. */
final class Undeliverable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undeliverable(String message) {
        super(message);
    }
}
