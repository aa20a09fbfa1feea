package emporium.gateway;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;

/** One OpenAPI document for the whole address, made of those that the services serve at this moment. */
@Singleton
final class ApiDocument {

    private static final String REFERENCE = "#/components/schemas/";

    private final Services services;

    ApiDocument(Services services) {
        this.services = services;
    }

    void answer(RoutingContext context) {
        services.ask(context, service -> service.get("/q/openapi?format=json"), answers -> context.response()
                .putHeader("Content-Type", "application/json")
                .end(merge(answers).toBuffer()));
    }

    private static JsonObject merge(Map<Service, Future<Service.Reply>> answers) {
        var whole = new JsonObject().put("info", new JsonObject().put("title", "Emporium"));
        answers.forEach((service, answer) -> {
            if (answer.succeeded() && answer.result().status() == 200) {
                add(whole, service.name(), answer.result().body().toJsonObject());
            }
        });
        return whole;
    }

    /** Adds what the document of one service has and the whole has not. */
    static void add(JsonObject whole, String service, JsonObject document) {
        var renamed = withOwnSchemaNames(whole, service, document);
        for (var part : renamed) {
            if (part.getValue() instanceof JsonObject more
                    && whole.getValue(part.getKey()) instanceof JsonObject some) {
                whole.put(part.getKey(), more.mergeIn(some, true));
            } else {
                whole.put(part.getKey(), part.getValue());
            }
        }
    }

    /** Two services may mean different things by one name. */
    private static JsonObject withOwnSchemaNames(JsonObject whole, String service, JsonObject document) {
        var known = schemas(whole);
        var renamed = document;
        for (var name : schemas(document).fieldNames()) {
            var other = known.getJsonObject(name);
            if (other != null && !other.equals(schemas(document).getJsonObject(name))) {
                renamed = rename(renamed, name, service + "." + name);
            }
        }
        return renamed;
    }

    private static JsonObject rename(JsonObject document, String from, String to) {
        var renamed = (JsonObject) withReference(document, REFERENCE + from, REFERENCE + to);
        var schemas = schemas(renamed);
        schemas.put(to, schemas.remove(from));
        return renamed;
    }

    private static Object withReference(Object part, String from, String to) {
        if (part instanceof JsonObject object) {
            var copy = new JsonObject();
            object.forEach(field -> copy.put(field.getKey(), withReference(field.getValue(), from, to)));
            return copy;
        }
        if (part instanceof JsonArray array) {
            var copy = new JsonArray();
            array.forEach(item -> copy.add(withReference(item, from, to)));
            return copy;
        }
        return from.equals(part) ? to : part;
    }

    private static JsonObject schemas(JsonObject document) {
        return document.getJsonObject("components", new JsonObject()).getJsonObject("schemas", new JsonObject());
    }
}
