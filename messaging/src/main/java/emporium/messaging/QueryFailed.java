package emporium.messaging;

/** A query got no usable answer; asking again later may help. */
public final class QueryFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public QueryFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
