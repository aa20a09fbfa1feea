package emporium.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The address is ready when every service behind it is. */
@Readiness
@Singleton
final class ServicesReady implements HealthCheck {

    /** More than a service takes to find out that one of its own servers is away. */
    private static final int PATIENCE_SECONDS = 6;

    private final Services services;

    ServicesReady(Services services) {
        this.services = services;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("services");
        var all = true;
        for (var answer : ask().entrySet()) {
            var ready = isReady(answer.getValue());
            response.withData(answer.getKey().name(), ready ? "UP" : "DOWN");
            all &= ready;
        }
        return response.status(all).build();
    }

    private Map<Service, Future<Service.Reply>> ask() {
        try {
            return services.ask(service -> service.get("/q/health/ready"))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The services do not answer.", e);
        }
    }

    private static boolean isReady(Future<Service.Reply> answer) {
        return answer.succeeded() && answer.result().status() == 200;
    }
}
