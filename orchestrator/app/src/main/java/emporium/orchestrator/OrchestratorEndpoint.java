package emporium.orchestrator;

import emporium.contracts.Reply;
import emporium.contracts.ordering.OrderingEvent;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** All that the orchestrator hears and says. */
@Singleton
class OrchestratorEndpoint {

    @Produces
    @Singleton
    @OwnedBy("orchestrator")
    Endpoint endpoint(Orchestration orchestration) {
        return Endpoint.named("orchestrator")
                .wire(Orchestration.WIRE)
                .migrations("db/saga")
                .eventBatches("ordering", OrderingEvent.class, orchestration::events)
                .replyBatches(Reply.class, orchestration::replies)
                .build();
    }
}
