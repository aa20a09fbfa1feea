package emporium.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the broker is connected. Without it orders are taken, but nothing follows from them. */
@Readiness
@ApplicationScoped
class BrokerReadiness implements HealthCheck {

    private final Transport transport;

    BrokerReadiness(Transport transport) {
        this.transport = transport;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("broker").status(transport.connected()).build();
    }
}
