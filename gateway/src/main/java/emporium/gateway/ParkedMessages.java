package emporium.gateway;

import static java.util.Comparator.comparing;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Every service answers for its own parked messages; at this address they are one list. */
@Singleton
final class ParkedMessages {

    private static final String PATH = "/api/messages/parked";
    private static final int DEFAULT_LIMIT = 50;

    private final Services services;

    ParkedMessages(Services services) {
        this.services = services;
    }

    /** Of the service that the query names, or of all. */
    void list(RoutingContext context) {
        var named = Optional.ofNullable(context.request().getParam("service")).flatMap(services::named);
        if (named.isPresent()) {
            Forwarding.forward(context.request(), services, named.get());
            return;
        }
        services.ask(context, service -> service.get(context.request().uri()), answers -> answerList(context, answers));
    }

    private static void answerList(RoutingContext context, Map<Service, Future<Service.Reply>> answers) {
        for (var answer : answers.entrySet()) {
            if (!hasAnswered(answer.getValue())) {
                unavailable(answer.getKey()).answer(context);
                return;
            }
            var reply = answer.getValue().result();
            if (reply.status() != 200) {
                // The query is wrong, and wrong for every service.
                context.response()
                        .setStatusCode(reply.status())
                        .putHeader("Content-Type", Problem.MEDIA_TYPE)
                        .end(reply.body());
                return;
            }
        }
        var pages = answers.values().stream()
                .map(answer -> answer.result().body().toJsonObject())
                .toList();
        context.response()
                .putHeader("Content-Type", "application/json")
                .end(merge(pages, limit(context)).toBuffer());
    }

    /** As the services read it, who have found nothing wrong with it. */
    private static int limit(RoutingContext context) {
        var limit = context.request().getParam("limit", "");
        return limit.isEmpty() ? DEFAULT_LIMIT : Integer.parseInt(limit);
    }

    /** One page of all, in the order of each: the newest first. */
    static JsonObject merge(List<JsonObject> pages, int limit) {
        var all = pages.stream()
                .flatMap(page -> page.getJsonArray("items").stream())
                .map(JsonObject.class::cast)
                .sorted(comparing((JsonObject message) -> message.getString("id"))
                        .reversed())
                .toList();
        var items = all.subList(0, Math.min(limit, all.size()));
        var more = all.size() > limit || pages.stream().anyMatch(page -> page.getString("next") != null);
        return new JsonObject()
                .put("items", new JsonArray(items))
                .put("next", more ? cursor(items.getLast().getString("id")) : null);
    }

    /** As the services write it: the id's sixteen bytes. */
    private static String cursor(String id) {
        var uuid = UUID.fromString(id);
        var bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** An id does not tell whose message it is, so all are asked for it first. */
    void forward(RoutingContext context) {
        var id = context.pathParam("id");
        if (!isId(id)) {
            Problem.notFound("There is no parked message " + id + ".").answer(context);
            return;
        }
        context.request().pause();
        services.ask(context, service -> service.get(PATH + "/" + id), answers -> {
            context.request().resume();
            owner(answers)
                    .ifPresentOrElse(
                            service -> Forwarding.forward(context.request(), services, service),
                            () -> unknown(answers, id).answer(context));
        });
    }

    private static boolean isId(String text) {
        try {
            UUID.fromString(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<Service> owner(Map<Service, Future<Service.Reply>> answers) {
        return answers.entrySet().stream()
                .filter(answer -> answer.getValue().succeeded())
                .filter(answer -> answer.getValue().result().status() == 200)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Problem unknown(Map<Service, Future<Service.Reply>> answers, String id) {
        return answers.entrySet().stream()
                .filter(answer -> !hasAnswered(answer.getValue()))
                .findFirst()
                .map(silent -> unavailable(silent.getKey()))
                .orElseGet(() -> Problem.notFound("There is no parked message " + id + "."));
    }

    private static boolean hasAnswered(Future<Service.Reply> answer) {
        return answer.succeeded() && answer.result().status() < 500;
    }

    private static Problem unavailable(Service service) {
        return Problem.unavailable("The service " + service.name() + " does not answer.");
    }
}
