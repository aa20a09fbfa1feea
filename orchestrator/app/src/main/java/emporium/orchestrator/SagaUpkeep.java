package emporium.orchestrator;

import emporium.saga.SagaLoop;
import emporium.saga.SagaTables;
import emporium.saga.SagaTablesFailed;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** What happens to sagas without a message: the check at start-up, deadlines, archive. */
@Singleton
class SagaUpkeep {

    private static final Logger LOG = Logger.getLogger(SagaUpkeep.class);

    private final Orchestration orchestration;
    private final SagaLoop loop;

    SagaUpkeep(Orchestration orchestration, SagaTables tables, InstantSource clock, OrchestratorConfig config) {
        this.orchestration = orchestration;
        loop = new SagaLoop(orchestration.runner(), tables, clock, config.wakeInterval(), config.retention());
    }

    /** A program that has lost or broken a definition which sagas in flight need does not start. */
    void start(@Observes StartupEvent event) {
        try {
            orchestration.runner().checkStoredSagas();
        } catch (SagaTablesFailed e) {
            LOG.warnf("the stored sagas could not be checked against their definitions: %s", e.getMessage());
        }
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }
}
