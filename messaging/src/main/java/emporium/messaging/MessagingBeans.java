package emporium.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this library gives to the container. */
class MessagingBeans {

    /** The clock of the process; tests replace it by a bean of their own. */
    @Produces
    @Singleton
    @DefaultBean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    @DefaultBean
    MessageIds messageIds(InstantSource clock) {
        return new MessageIds(clock);
    }

    @Produces
    @Singleton
    Setting setting(
            MessagingConfig config,
            DataSource database,
            TransactionSynchronizationRegistry transactions,
            MessageIds ids,
            InstantSource clock,
            Tracing tracing,
            MeterRegistry meters) {
        return new Setting(config, database, transactions, ids, clock, tracing, meters);
    }

    @Produces
    @Singleton
    Tracing tracing(
            Instance<OpenTelemetry> telemetry,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "false") boolean disabled) {
        return disabled || !telemetry.isResolvable() ? Tracing.OFF : Tracing.by(telemetry.get());
    }

    @Produces
    @Singleton
    Transport transport(
            MessagingConfig config,
            NatsConfig nats,
            InstantSource clock,
            @ConfigProperty(name = "quarkus.application.name", defaultValue = "emporium") String name) {
        return switch (config.transport()) {
            case JETSTREAM -> new JetStreamTransport(nats, name);
            case IN_MEMORY -> new InMemoryTransport(clock);
        };
    }

    @Produces
    @Dependent
    @OwnedBy("")
    Outbox outbox(InjectionPoint point, Endpoints endpoints) {
        return endpoints.tables(owner(point)).outbox();
    }

    @Produces
    @Dependent
    @OwnedBy("")
    Queries queries(InjectionPoint point, Endpoints endpoints) {
        return endpoints.tables(owner(point)).queries();
    }

    @Produces
    @Dependent
    @OwnedBy("")
    Replays replays(InjectionPoint point, Endpoints endpoints) {
        return endpoints.tables(owner(point)).replays();
    }

    private static String owner(InjectionPoint point) {
        return point.getQualifiers().stream()
                .filter(OwnedBy.class::isInstance)
                .map(qualifier -> ((OwnedBy) qualifier).value())
                .findFirst()
                .orElseThrow();
    }
}
