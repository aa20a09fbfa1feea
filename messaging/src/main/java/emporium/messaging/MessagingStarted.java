package emporium.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started when schemas are up to date, streams exist and consumers run; not ready before. */
@Startup
@Readiness
@ApplicationScoped
class MessagingStarted implements HealthCheck {

    private final Messaging messaging;

    MessagingStarted(Messaging messaging) {
        this.messaging = messaging;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("messaging")
                .status(messaging.started())
                .build();
    }
}
