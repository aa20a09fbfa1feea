package emporium.infra;

/** A server cannot be had or does not run. The message is one sentence for the person at the console. */
public final class InfraException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InfraException(String sentence) {
        super(sentence);
    }

    public InfraException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
