package emporium.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * Refuses bodies that are too large for any service. A service would refuse them too, but hangs up while the gateway is
 * still sending, so that its answer is lost.
 */
@Singleton
final class BodyLimit {

    private static final int DIGITS_OF_A_LONG = 18;

    private final long limit;

    BodyLimit(GatewayConfig config) {
        this.limit = config.maxBodySize().asLongValue();
    }

    void check(RoutingContext context) {
        var length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || isWithinLimit(length)) {
            context.next();
            return;
        }
        // Read to its end first: a client that is cut off while it sends may not see the answer.
        context.request()
                .handler(dropped -> {})
                .endHandler(end -> Problem.tooLarge(limit).answer(context))
                .resume();
    }

    private boolean isWithinLimit(String length) {
        return length.length() <= DIGITS_OF_A_LONG && Long.parseLong(length) <= limit;
    }
}
