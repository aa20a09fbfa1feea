package emporium.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;

/** Answers requests that come to no resource, in the words in which {@link ExceptionMapper} answers the others. */
@Singleton
class EarlyProblems {

    private final ObjectMapper json;

    EarlyProblems(ObjectMapper json) {
        this.json = json;
    }

    void answer(RoutingContext request, Problem problem) {
        var view = ProblemView.of(problem, request.request().path(), CorrelationFilter.of(request));
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemView.MEDIA_TYPE)
                .end(write(view));
    }

    private String write(ProblemView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
