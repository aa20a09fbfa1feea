package emporium.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.inject.Singleton;

/**
 * Refuses bodies that are too large for any service. A service would refuse them too, but hangs up while the gateway is
 * still sending, so that its answer is lost.
 */
@Singleton
final class BodyLimit implements ProxyInterceptor {

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

    /** A body whose length nobody has told is read whole before a service hears of it. */
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        var request = context.request();
        if (!hasUntoldBody(request.proxiedRequest())) {
            return context.sendRequest();
        }
        return read(request.getBody()).compose(body -> {
            request.setBody(Body.body(body));
            return body.length() <= limit
                    ? context.sendRequest()
                    : Future.succeededFuture(Problem.tooLarge(limit).answer(context));
        });
    }

    private static boolean hasUntoldBody(HttpServerRequest request) {
        var headers = request.headers();
        return !headers.contains(HttpHeaders.CONTENT_LENGTH)
                && (headers.contains(HttpHeaders.TRANSFER_ENCODING) || request.version() == HttpVersion.HTTP_2);
    }

    /** Of one that is too large no more is kept than shows it. */
    private Future<Buffer> read(Body body) {
        var read = Promise.<Buffer>promise();
        var kept = Buffer.buffer();
        body.stream()
                .exceptionHandler(read::tryFail)
                .handler(chunk -> {
                    if (kept.length() <= limit) {
                        kept.appendBuffer(chunk);
                    }
                })
                .endHandler(end -> read.tryComplete(kept))
                .resume();
        return read.future();
    }

    private boolean isWithinLimit(String length) {
        return length.length() <= DIGITS_OF_A_LONG && Long.parseLong(length) <= limit;
    }
}
