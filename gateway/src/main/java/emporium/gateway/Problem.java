package emporium.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** What the gateway itself has to say against a request, written as the services write theirs. */
record Problem(int status, String title, String detail, boolean retryable) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem unavailable(String detail) {
        return new Problem(503, "Service Unavailable", detail, true);
    }

    /** Not marked as retryable: whether the service has done what was asked is not known. */
    static Problem badGateway(String detail) {
        return new Problem(502, "Bad Gateway", detail, false);
    }

    static Problem notFound(String detail) {
        return new Problem(404, "Not Found", detail, false);
    }

    static Problem tooLarge(long limit) {
        return new Problem(413, "Request Entity Too Large", "The body is larger than " + limit + " bytes.", false);
    }

    Buffer json() {
        var json = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        return (retryable ? json.put("retryable", true) : json).toBuffer();
    }

    void answer(RoutingContext context) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", MEDIA_TYPE)
                .end(json());
    }
}
