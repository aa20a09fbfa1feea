package emporium.saga;

/** An operator's move that the saga's state does not allow; the message names the state. */
public final class MoveRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MoveRefused(String why) {
        super(why);
    }
}
