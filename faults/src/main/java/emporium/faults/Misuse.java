package emporium.faults;

/** The command line asks for what there is not; the message is for the person who typed it. */
final class Misuse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Misuse(String message) {
        super(message);
    }
}
