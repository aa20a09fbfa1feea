package emporium.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Nullable;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses bodies that are too large or no JSON with a problem, and missing ones too unless the parameter is {@link Nullable}. The
 * limit of Quarkus itself answers with nothing at all, so it is set higher and only a second line.
 */
@Provider
public class BodyLimit implements ReaderInterceptor {

    private static final int AFTER_CORRELATION = 900;
    private static final long HANG_UP_MILLIS = 5_000;

    /** Asked for each time: this object is made while a native executable is built, and its value would stay for ever. */
    private final Supplier<MemorySize> limit;

    private final EarlyProblems problems;

    BodyLimit(
            @ConfigProperty(name = "emporium.http.max-body-size") Supplier<MemorySize> limit, EarlyProblems problems) {
        this.limit = limit;
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseByLength, AFTER_CORRELATION);
    }

    private void refuseByLength(RoutingContext request) {
        var length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || isWithinLimit(length)) {
            request.next();
            return;
        }
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        problems.answer(request, tooLarge());
        hangUpOn(request);
    }

    /** Not at once: a client that is cut off while it sends may lose the answer that is on its way. */
    private static void hangUpOn(RoutingContext request) {
        var rest = request.request();
        var connection = rest.connection();
        var patience = request.vertx().setTimer(HANG_UP_MILLIS, late -> connection.close());
        connection.closeHandler(closed -> request.vertx().cancelTimer(patience));
        rest.handler(unread -> {}).endHandler(end -> connection.close()).resume();
    }

    private boolean isWithinLimit(String length) {
        try {
            return Long.parseLong(length) <= limit();
        } catch (NumberFormatException e) {
            // The server takes digits only, so it is a number too large for a long.
            return false;
        }
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        // Of plain text a record with one text would be made, whatever the text means.
        if (context.getHeaders().containsKey("Content-Type")
                && !MediaType.APPLICATION_JSON_TYPE.isCompatible(context.getMediaType())) {
            throw Problem.unsupportedType();
        }
        context.setInputStream(new Counted(context.getInputStream()));
        var body = context.proceed();
        if (body == null && !mayBeMissing(context)) {
            throw Problem.badInput("body", "is missing");
        }
        return body;
    }

    private static boolean mayBeMissing(ReaderInterceptorContext context) {
        return Stream.of(context.getAnnotations()).anyMatch(Nullable.class::isInstance);
    }

    private long limit() {
        return limit.get().asLongValue();
    }

    private Problem tooLarge() {
        return new Problem(
                Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode(),
                "The body is larger than " + limit() + " bytes.",
                false,
                List.of());
    }

    /** For bodies that come in chunks, whose length nobody has told. */
    private final class Counted extends FilterInputStream {

        private final long most = limit();
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            var read = super.read(bytes, from, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int more) {
            count += more;
            if (count > most) {
                throw tooLarge();
            }
        }
    }
}
