package emporium.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.UUID;

/**
 * A problem as RFC 9457 writes it.
 *
 * @param type always {@code about:blank}: the status says what kind of problem it is
 * @param instance the path that was asked for
 * @param violations the fields that are wrong; only with status 400
 * @param retryable true when the same request may succeed later, else absent
 * @param correlationId under which the log knows this request
 */
@JsonInclude(Include.NON_NULL)
record ProblemView(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        List<Violation> violations,
        Boolean retryable,
        UUID correlationId) {

    static final String MEDIA_TYPE = "application/problem+json";

    static ProblemView of(Problem problem, String instance, UUID correlationId) {
        return new ProblemView(
                "about:blank",
                title(problem.status()),
                problem.status(),
                problem.getMessage(),
                instance,
                problem.violations().isEmpty() ? null : problem.violations(),
                problem.retryable() ? true : null,
                correlationId);
    }

    private static String title(int status) {
        // JAX-RS does not know this one.
        return status == 422
                ? "Unprocessable Content"
                : Status.fromStatusCode(status).getReasonPhrase();
    }
}
