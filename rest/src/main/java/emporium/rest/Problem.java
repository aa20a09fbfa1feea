package emporium.rest;

import java.util.List;

/**
 * Why a request is not granted: thrown by resources, answered as {@code application/problem+json} (RFC 9457). The
 * detail is one sentence for the person who sent the request.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean retryable;
    private final transient List<Violation> violations;

    Problem(int status, String detail, boolean retryable, List<Violation> violations) {
        // No stack: it is an answer, not a failure.
        super(detail, null, false, false);
        this.status = status;
        this.retryable = retryable;
        this.violations = List.copyOf(violations);
    }

    /** 404: there is no such thing. */
    public static Problem notFound(String detail) {
        return new Problem(404, detail, false, List.of());
    }

    /** 409: it is in the wrong state, or already used. */
    public static Problem conflict(String detail) {
        return new Problem(409, detail, false, List.of());
    }

    /** 409: another request was faster; the same request may well succeed when sent again. */
    public static Problem collision(String detail) {
        return new Problem(409, detail, true, List.of());
    }

    /** 422: understood, and refused by a rule of the business. */
    public static Problem refused(String detail) {
        return new Problem(422, detail, false, List.of());
    }

    /** 400: a field is not as it must be. */
    public static Problem badInput(String field, String message) {
        return badInput(List.of(new Violation(field, message)));
    }

    /** 400: fields are not as they must be. */
    public static Problem badInput(List<Violation> violations) {
        return new Problem(400, sentence(violations), false, violations);
    }

    /** 415: the body is of a type that cannot be read. */
    static Problem unsupportedType() {
        var detail = "The body must be application/json, and the Content-Type header must say so.";
        return new Problem(415, detail, false, List.of());
    }

    /** 503 with {@code Retry-After}: something that is needed is away at present. */
    public static Problem unavailable(String detail) {
        return new Problem(503, detail, true, List.of());
    }

    int status() {
        return status;
    }

    boolean retryable() {
        return retryable;
    }

    List<Violation> violations() {
        return violations;
    }

    private static String sentence(List<Violation> violations) {
        if (violations.size() != 1) {
            return violations.size() + " fields of the request are not valid.";
        }
        var only = violations.getFirst();
        return only.field() + " " + only.message() + ".";
    }
}
