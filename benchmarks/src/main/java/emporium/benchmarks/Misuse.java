package emporium.benchmarks;

/** The command line makes no sense; the message says what would. */
final class Misuse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Misuse(String sentence) {
        super(sentence);
    }
}
