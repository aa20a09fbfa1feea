package emporium.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Small HTTP servers in the place of the services. The depot has a second address, where nobody is; the baskets are away
 * until they are opened.
 */
public final class Backends implements QuarkusTestResourceLifecycleManager {

    static final String DEPOTS_MESSAGE = "01900000-0000-7000-8000-00000000000b";

    static final String ORDERINGS_MESSAGE = "01900000-0000-7000-8000-00000000000a";

    private static final int NOBODY = 1;
    private static final Map<String, Integer> STATUS = new ConcurrentHashMap<>();
    private static final List<String> SERVICES = List.of(
            "customers",
            "stores",
            "baskets",
            "ordering",
            "depot",
            "payments",
            "notifications",
            "search",
            "orchestrator");

    private static final Map<String, AtomicInteger> OPEN = new ConcurrentHashMap<>();
    private static final Vertx VERTX = Vertx.vertx();
    private static int basketsPort;

    /** What the service answers from now on when it is asked whether it is ready. */
    static void readiness(String service, int status) {
        STATUS.put(service, status);
    }

    /** How many connections the gateway has to the service. */
    static int connections(String service) {
        return OPEN.get(service).get();
    }

    @Override
    public Map<String, String> start() {
        var addresses = new HashMap<String, String>();
        addresses.put("emporium.gateway.patience", "1s");
        for (var service : SERVICES) {
            var server = listen(service, 0);
            addresses.put("emporium.gateway.services." + service + ".addresses", "127.0.0.1:" + server.actualPort());
            if (service.equals("baskets")) {
                basketsPort = server.actualPort();
                await(server.close());
            }
        }
        addresses.merge(
                "emporium.gateway.services.depot.addresses",
                "127.0.0.1:" + NOBODY,
                (some, nobody) -> nobody + "," + some);
        return addresses;
    }

    /** The baskets can be reached until this is closed. */
    static AutoCloseable baskets() {
        var server = listen("baskets", basketsPort);
        return () -> await(server.close());
    }

    private static HttpServer listen(String service, int port) {
        var open = OPEN.computeIfAbsent(service, none -> new AtomicInteger());
        return await(VERTX.createHttpServer()
                .connectionHandler(connection -> {
                    open.incrementAndGet();
                    connection.closeHandler(closed -> open.decrementAndGet());
                })
                .requestHandler(request -> answer(service, request))
                .listen(port, "127.0.0.1"));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, SECONDS)
                .join();
    }

    private static void answer(String service, HttpServerRequest request) {
        request.response().putHeader("Content-Type", "application/json");
        switch (request.path()) {
            case "/q/health/ready" ->
                request.response()
                        .setStatusCode(STATUS.getOrDefault(service, 200))
                        .end();
            case "/q/openapi" -> request.response().end(document(service).toBuffer());
            case "/api/messages/parked" ->
                request.response().end(parked(service).toBuffer());
            case "/api/messages/parked/" + DEPOTS_MESSAGE -> depotsMessage(service, request);
            case "/api/orders/1/events" -> countForEver(request);
            case "/api/orders/1/silence" -> request.pause();
            case "/api/orders/1/hang-up" -> request.connection().close();
            default -> echo(service, request);
        }
    }

    private static void echo(String service, HttpServerRequest request) {
        request.body().onSuccess(body -> request.response()
                .setStatusCode(201)
                .putHeader("Location", "http://" + request.authority() + "/there")
                .putHeader("X-Service", service)
                .end(request.method() + " " + request.uri() + " " + body));
    }

    private static void countForEver(HttpServerRequest request) {
        var response = request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
        var timer = VERTX.setPeriodic(20, tick -> response.write("data: tick\n\n"));
        response.closeHandler(closed -> VERTX.cancelTimer(timer));
    }

    private static void depotsMessage(String service, HttpServerRequest request) {
        request.response().setStatusCode(service.equals("depot") ? 200 : 404).end(service);
    }

    private static JsonObject parked(String service) {
        var id = service.equals("depot") ? DEPOTS_MESSAGE : ORDERINGS_MESSAGE;
        var some = service.equals("depot") || service.equals("ordering");
        var items = some ? new JsonArray().add(new JsonObject().put("id", id)) : new JsonArray();
        return new JsonObject().put("items", items).put("next", null);
    }

    private static JsonObject document(String service) {
        var path = new JsonObject().put("schema", new JsonObject().put("$ref", "#/components/schemas/Line"));
        var line = new JsonObject().put("description", service.equals("depot") ? "of a list" : "of an order");
        return new JsonObject()
                .put("openapi", "3.1.0")
                .put("paths", new JsonObject().put("/api/" + service, path))
                .put("components", new JsonObject().put("schemas", new JsonObject().put("Line", line)));
    }

    @Override
    public void stop() {
        await(VERTX.close());
    }
}
