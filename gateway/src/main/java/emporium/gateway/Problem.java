package emporium.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyResponse;

/** What the gateway itself has to say against a request, written as the services write theirs. */
record Problem(int status, String title, String detail, JsonObject more) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem unavailable(String detail) {
        return new Problem(503, "Service Unavailable", detail, new JsonObject().put("retryable", true));
    }

    /** Not marked as retryable: whether the service has done what was asked is not known. */
    static Problem badGateway(String detail) {
        return new Problem(502, "Bad Gateway", detail, new JsonObject());
    }

    /** As {@link #badGateway}. */
    static Problem gatewayTimeout(String detail) {
        return new Problem(504, "Gateway Timeout", detail, new JsonObject());
    }

    static Problem notFound(String detail) {
        return new Problem(404, "Not Found", detail, new JsonObject());
    }

    static Problem methodNotAllowed() {
        return new Problem(405, "Method Not Allowed", "This path does not have this method.", new JsonObject());
    }

    static Problem undecodable() {
        var violation = new JsonObject().put("field", "path").put("message", "or query cannot be decoded");
        var more = new JsonObject().put("violations", new JsonArray().add(violation));
        return new Problem(400, "Bad Request", "path or query cannot be decoded.", more);
    }

    static Problem tooLong(int limit) {
        return new Problem(
                414, "Request-URI Too Long", "The address is longer than " + limit + " characters.", new JsonObject());
    }

    static Problem tooLarge(long limit) {
        return new Problem(
                413, "Request Entity Too Large", "The body is larger than " + limit + " bytes.", new JsonObject());
    }

    Buffer json() {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .mergeIn(more)
                .toBuffer();
    }

    void answer(RoutingContext context) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", MEDIA_TYPE)
                .end(json());
    }

    /** The answer in the place of a service's. */
    ProxyResponse answer(ProxyContext context) {
        return context.request()
                .release()
                .response()
                .setStatusCode(status)
                .putHeader("Content-Type", MEDIA_TYPE)
                .setBody(Body.body(json()));
    }
}
