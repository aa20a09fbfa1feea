package emporium.rest;

import emporium.messaging.MessageContext;
import emporium.messaging.MessageIds;
import emporium.messaging.Traceparent;
import io.opentelemetry.api.trace.Span;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Gives every request a correlation id, the client's own if it sends a UUID, and makes it the {@link MessageContext}
 * of the thread that runs the resource: what the request sends and records carries it.
 */
@Singleton
class CorrelationFilter {

    static final String HEADER = "X-Correlation-Id";
    private static final String KEY = "emporium.correlation";
    private static final int BEFORE_ALL_OTHERS = 1000;

    private final MessageIds ids;

    CorrelationFilter(MessageIds ids) {
        this.ids = ids;
    }

    /** In front of everything, so that answers that no resource gives have the header too. */
    void register(@Observes Filters filters) {
        filters.register(this::correlate, BEFORE_ALL_OTHERS);
    }

    private void correlate(RoutingContext request) {
        var correlation = sent(request.request().getHeader(HEADER));
        request.put(KEY, correlation);
        request.response().putHeader(HEADER, correlation.toString());
        request.next();
    }

    private UUID sent(String header) {
        try {
            return header == null ? ids.next() : UUID.fromString(header);
        } catch (IllegalArgumentException e) {
            return ids.next();
        }
    }

    /** Quarkus runs this on the thread of the resource, a virtual one or not. */
    @ServerRequestFilter
    void enter(RoutingContext request) {
        // Without an SDK there is no span, and the client's own context goes on.
        var span = Traceparent.of(Span.current().getSpanContext());
        var traceparent = span == null ? request.request().getHeader("traceparent") : span;
        MessageContext.set(new MessageContext(of(request), null, traceparent, "anonymous"));
    }

    @ServerResponseFilter
    void leave() {
        MessageContext.set(MessageContext.NONE);
    }

    static UUID of(RoutingContext request) {
        return request.get(KEY);
    }
}
