package emporium.gateway;

import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;

/** Which request goes where. */
@Singleton
final class Routes {

    private static final int BEFORE_ALL_OTHERS = -10_000;
    private static final int AFTER_ALL_OTHERS = 100_000;

    /** As in the services. */
    private static final int LONGEST_URI = 8_192;

    private final Services services;
    private final BodyLimit limit;
    private final ParkedMessages parked;
    private final ApiDocument document;

    Routes(Services services, BodyLimit limit, ParkedMessages parked, ApiDocument document) {
        this.services = services;
        this.limit = limit;
        this.parked = parked;
        this.document = document;
    }

    void add(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).handler(this::countTogether);
        router.route().order(BEFORE_ALL_OTHERS).handler(Routes::checkUri);
        router.route("/api/*").handler(limit::check);
        services.all().forEach(service -> service.paths().forEach(path -> add(router, path, service)));
        router.get("/api/messages/parked").handler(parked::list);
        router.head("/api/messages/parked").handler(parked::list);
        router.route("/api/messages/parked").handler(context -> {
            context.response().putHeader("Allow", "GET, HEAD");
            Problem.methodNotAllowed().answer(context);
        });
        router.route("/api/messages/parked/:id").handler(parked::forward);
        router.route("/api/messages/parked/:id/*").handler(parked::forward);
        router.get("/q/openapi").handler(document::answer);
        router.get("/q/openapi/:service").handler(context -> ofOne(context, "/q/openapi"));
        router.get("/q/metrics/:service").handler(context -> ofOne(context, "/q/metrics"));
        router.get("/q/swagger-ui*").handler(this::ofAny);
        router.route().order(AFTER_ALL_OTHERS).handler(context -> Problem.notFound(
                        "There is nothing at " + context.normalizedPath() + ".")
                .answer(context));
    }

    /** Addresses hold ids: in the metrics each would be a series of its own, and after some hundred no more are taken. */
    private void countTogether(RoutingContext context) {
        var request = context.request();
        var area = services.all().stream()
                .flatMap(service -> service.paths().stream())
                .filter(path -> (request.path() + "/").startsWith(path + "/"))
                .findFirst();
        ((HttpServerRequestInternal) request).context().putLocal("UrlPathTemplate", area.orElse("/OTHER"));
        context.next();
    }

    /** Quarkus itself would answer with nothing at all, see {@link UncheckedUris}. */
    private static void checkUri(RoutingContext context) {
        if (context.request().uri().length() > LONGEST_URI) {
            Problem.tooLong(LONGEST_URI).answer(context);
            return;
        }
        try {
            new URI(context.request().uri());
            context.next();
        } catch (URISyntaxException e) {
            Problem.undecodable().answer(context);
        }
    }

    private void add(Router router, String path, Service service) {
        router.route(path).handler(context -> forward(context, service));
        router.route(path + "/*").handler(context -> forward(context, service));
    }

    private void forward(RoutingContext context, Service service) {
        Forwarding.forward(context.request(), services, service);
    }

    private void ofOne(RoutingContext context, String path) {
        var name = context.pathParam("service");
        var query = context.request().query();
        var uri = query == null ? path : path + "?" + query;
        services.named(name)
                .ifPresentOrElse(
                        service -> Forwarding.forward(context.request(), services, service, uri),
                        () -> Problem.notFound("There is no service " + name + ".")
                                .answer(context));
    }

    /** What every service has alike. */
    private void ofAny(RoutingContext context) {
        forward(context, services.all().iterator().next());
    }
}
