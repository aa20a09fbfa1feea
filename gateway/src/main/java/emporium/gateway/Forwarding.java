package emporium.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands a request on to a service and its answer back, both as they flow: events reach a watcher one by one. A body of
 * untold length waits, see {@link BodyLimit}.
 */
final class Forwarding implements ProxyInterceptor {

    private final Service service;
    private final String uri;
    private final AtomicBoolean reached = new AtomicBoolean();

    private Forwarding(Service service, String uri) {
        this.service = service;
        this.uri = uri;
    }

    static void forward(HttpServerRequest request, Services services, Service service) {
        forward(request, services, service, request.uri());
    }

    static void forward(HttpServerRequest request, Services services, Service service, String uri) {
        var forwarding = new Forwarding(service, uri);
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), services.client())
                .origin(context -> service.connect().onSuccess(connection -> {
                    forwarding.reached.set(true);
                    connection.idleTimeout(services.patience().toMillis());
                }))
                .addInterceptor(forwarding)
                .addInterceptor(services.bodyLimit())
                .handle(request);
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        var request = context.request();
        request.setURI(uri);
        // The address that the client knows, so that a Location leads there.
        var authority = request.proxiedRequest().authority();
        if (authority != null) {
            request.setAuthority(authority);
        }
        return context.sendRequest()
                .recover(failure -> Future.succeededFuture(problem(failure).answer(context)));
    }

    private Problem problem(Throwable failure) {
        if (!reached.get()) {
            return Problem.unavailable("The service " + service.name() + " cannot be reached.");
        }
        return failure instanceof TimeoutException
                ? Problem.gatewayTimeout("The service " + service.name() + " has not answered in time.")
                : Problem.badGateway("The service " + service.name() + " broke off before it answered.");
    }
}
