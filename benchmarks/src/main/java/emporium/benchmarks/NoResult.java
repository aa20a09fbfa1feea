package emporium.benchmarks;

/** A run that cannot be measured, or whose orders do not add up: it has no result, and the message says why. */
final class NoResult extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoResult(String sentence) {
        super(sentence);
    }

    NoResult(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
