package emporium.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Looks at what comes before the body. What cannot be understood is refused with a problem: Quarkus would answer some of
 * it with nothing at all, and some as its own failure.
 */
@Singleton
class RequestHead {

    private static final int AFTER_CORRELATION = 950;
    private static final int LONGEST_URI = 8_192;

    /** What the system gives, the preferred first. */
    private static final List<MediaType> GIVEN =
            List.of(MediaType.APPLICATION_JSON_TYPE, MediaType.SERVER_SENT_EVENTS_TYPE);

    private final EarlyProblems problems;

    RequestHead(EarlyProblems problems) {
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_CORRELATION);
    }

    private void check(RoutingContext context) {
        var request = context.request();
        countTogether(request);
        var problem = problemOf(request);
        if (problem.isPresent()) {
            problems.answer(context, problem.get());
            return;
        }
        // What Quarkus itself serves below /q has types of its own.
        if (!request.path().startsWith("/q/")) {
            tidyAccept(request);
        }
        context.next();
    }

    /** Until a resource is found for it: else every address that is refused would be a series of its own in the metrics. */
    private static void countTogether(HttpServerRequest request) {
        ((HttpServerRequestInternal) request).context().putLocal("UrlPathTemplate", "/OTHER");
    }

    private static Optional<Problem> problemOf(HttpServerRequest request) {
        if (request.uri().length() > LONGEST_URI) {
            var detail = "The address is longer than " + LONGEST_URI + " characters.";
            return Optional.of(new Problem(Status.REQUEST_URI_TOO_LONG.getStatusCode(), detail, false, List.of()));
        }
        if (!isUri(request.uri())) {
            return Optional.of(Problem.badInput("path", "or query cannot be decoded"));
        }
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null || mediaType(type) != null ? Optional.empty() : Optional.of(Problem.unsupportedType());
    }

    private static boolean isUri(String text) {
        try {
            new URI(text);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Leaves in the Accept header what can be given: Quarkus takes a malformed one for a failure of its own. */
    private static void tidyAccept(HttpServerRequest request) {
        var accept = String.join(",", request.headers().getAll(HttpHeaders.ACCEPT));
        if (accept.isBlank()) {
            request.headers().remove(HttpHeaders.ACCEPT);
            return;
        }
        var wanted = Stream.of(accept.split(","))
                .map(RequestHead::mediaType)
                .filter(Objects::nonNull)
                .toList();
        var granted = GIVEN.stream()
                .filter(given -> wanted.stream().anyMatch(given::isCompatible))
                .map(MediaType::toString)
                .collect(Collectors.joining(", "));
        request.headers().set(HttpHeaders.ACCEPT, granted.isEmpty() ? ProblemView.MEDIA_TYPE : granted);
    }

    /** Where a resource does not say what it gives, that is JSON: for whoever wants another type there is none. */
    @ServerRequestFilter
    void refuseOtherTypes(HttpHeaders headers) {
        var accept = headers.getHeaderString(HttpHeaders.ACCEPT);
        var target = CurrentRequestManager.get().getTarget();
        if (accept != null && !accept.startsWith(MediaType.APPLICATION_JSON) && target.getProduces() == null) {
            throw new NotAcceptableException();
        }
    }

    private static MediaType mediaType(String text) {
        try {
            return text.contains(",") ? null : MediaType.valueOf(text.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
