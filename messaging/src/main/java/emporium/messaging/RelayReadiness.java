package emporium.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while no outbox has been behind for long: a relay that does not get rid of its messages is not working. */
@Readiness
@ApplicationScoped
class RelayReadiness implements HealthCheck {

    private static final Duration TOLERATED = Duration.ofSeconds(15);

    private final Endpoints endpoints;
    private final Setting setting;

    RelayReadiness(Endpoints endpoints, Setting setting) {
        this.endpoints = endpoints;
        this.setting = setting;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("relay").up();
        for (var endpoint : endpoints.running()) {
            var behind = endpoint.relay().behindSince();
            if (behind != null) {
                response.withData(endpoint.name() + " behind since", behind.toString());
                if (behind.plus(TOLERATED).isBefore(setting.clock().instant())) {
                    response.down();
                }
            }
        }
        return response.build();
    }
}
