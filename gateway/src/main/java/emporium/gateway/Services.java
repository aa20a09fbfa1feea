package emporium.gateway;

import static java.util.stream.Collectors.toMap;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** All services behind the gateway. */
@Singleton
final class Services {

    /** Watchers of orders hold a connection each, for as long as they watch. */
    private static final int CONNECTIONS_PER_REPLICA = 2_000;

    /**
     * Shorter than the time in which a replica that is about to go still answers, asking with each answer for its
     * connection to be given up: one that is idle meanwhile is given up as well, and none is left to break when it goes.
     */
    private static final int IDLE_SECONDS = 2;

    private final HttpClient client;
    private final Duration patience;
    private final BodyLimit bodyLimit;
    private final Map<String, Service> byName;

    Services(Vertx vertx, GatewayConfig config, BodyLimit bodyLimit) {
        this.bodyLimit = bodyLimit;
        client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS_PER_REPLICA)
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setConnectTimeout(2_000));
        patience = config.patience();
        byName = config.services().entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        entry -> new Service(entry.getKey(), entry.getValue(), client),
                        (one, other) -> one,
                        TreeMap::new));
    }

    /** How long one of them may keep silent. */
    Duration patience() {
        return patience;
    }

    /** What is sent to them is held against it. */
    BodyLimit bodyLimit() {
        return bodyLimit;
    }

    HttpClient client() {
        return client;
    }

    Collection<Service> all() {
        return byName.values();
    }

    Optional<Service> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Asks all at once, and waits for each to answer or to fail. */
    <T> Future<Map<Service, Future<T>>> ask(Function<Service, Future<T>> question) {
        var answers = new LinkedHashMap<Service, Future<T>>();
        all().forEach(service -> answers.put(service, question.apply(service)));
        return Future.join(List.copyOf(answers.values())).otherwiseEmpty().map(answers);
    }

    /** Asks all at once and answers the request from what they say; a fault in that is answered too. */
    <T> void ask(
            RoutingContext context, Function<Service, Future<T>> question, Consumer<Map<Service, Future<T>>> answer) {
        ask(question)
                .<Void>map(answers -> {
                    answer.accept(answers);
                    return null;
                })
                .onFailure(context::fail);
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
