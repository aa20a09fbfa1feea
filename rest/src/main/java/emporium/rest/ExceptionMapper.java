package emporium.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import emporium.messaging.QueryFailed;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one exception mapper of the system: whatever goes wrong is answered as {@code application/problem+json}. */
class ExceptionMapper {

    private static final Logger LOG = Logger.getLogger(ExceptionMapper.class);
    private static final int SECONDS_TO_RETRY = 2;
    private static final int CAUSES_LOOKED_AT = 12;

    // All but Throwable are named because Quarkus has mappers of its own for them, and the nearest type wins.
    @ServerExceptionMapper({
        Throwable.class,
        WebApplicationException.class,
        NotFoundException.class,
        ValidationException.class,
        ConstraintViolationException.class,
        MismatchedInputException.class,
        InvalidDefinitionException.class
    })
    Response answer(Throwable failure, RoutingContext request) {
        var path = request.request().path();
        var correlation = CorrelationFilter.of(request);
        var problem = problem(failure, correlation);
        if (problem.status() == 500) {
            LOG.errorf(failure, "%s failed, correlation %s", path, correlation);
        } else if (problem.status() > 500) {
            LOG.warnf("%s failed, correlation %s: %s", path, correlation, failure);
        }
        return response(ProblemView.of(problem, path, correlation));
    }

    private static Response response(ProblemView view) {
        var response =
                Response.status(view.status()).type(ProblemView.MEDIA_TYPE).entity(view);
        if (view.status() == 503) {
            response.header(HttpHeaders.RETRY_AFTER, SECONDS_TO_RETRY);
        }
        if (view.status() == 405) {
            response.allow(AllowedMethods.ofCurrentRequest());
        }
        return response.build();
    }

    private static Problem problem(Throwable failure, UUID correlation) {
        // A problem wins wherever it is: Jackson wraps what is thrown while it reads.
        return first(failure, cause -> cause instanceof Problem problem ? problem : null)
                .or(() -> first(failure, ExceptionMapper::known))
                .orElseGet(() -> other(failure, correlation));
    }

    private static Optional<Problem> first(Throwable failure, Function<Throwable, Problem> problem) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES_LOOKED_AT)
                .map(problem)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Problem known(Throwable cause) {
        return switch (cause) {
            case ConstraintViolationException e -> ValidationProblems.of(e);
            // A class of ours that Jackson cannot handle: no fault of the client.
            case InvalidDefinitionException e -> null;
            case JsonProcessingException e -> JsonProblems.of(e);
            case QueryFailed e ->
                Problem.unavailable("Another part of the system does not answer at present. Try again.");
            case ConnectException e -> Problem.unavailable("Another system is not available at present. Try again.");
            default -> knownOfDatabase(cause);
        };
    }

    private static Problem knownOfDatabase(Throwable cause) {
        if (DatabaseProblems.isUnavailable(cause)) {
            return Problem.unavailable("The database is not available at present. Try again.");
        }
        if (DatabaseProblems.isCollision(cause)) {
            return Problem.collision("Another request has changed the same thing. Nothing was changed; try again.");
        }
        return DatabaseProblems.isUnstorableText(cause)
                ? Problem.badInput("body", "has a text with a character that cannot be stored")
                : null;
    }

    private static Problem other(Throwable failure, UUID correlation) {
        if (failure instanceof WebApplicationException e && e.getResponse().getStatus() < 500) {
            return known(e.getResponse().getStatus());
        }
        var detail = "Something went wrong that is not your fault. The log has it under " + correlation + ".";
        return new Problem(500, detail, false, List.of());
    }

    private static Problem known(int status) {
        return switch (status) {
            case 400 -> Problem.badInput("request", "cannot be understood");
            case 415 -> Problem.unsupportedType();
            default -> new Problem(status, sentence(status), false, List.of());
        };
    }

    private static String sentence(int status) {
        return switch (status) {
            case 404 -> "There is nothing under this path.";
            case 405 -> "This path does not have this method.";
            case 406 -> "The answer is application/json, which the Accept header does not allow.";
            default -> "The request cannot be granted.";
        };
    }
}
