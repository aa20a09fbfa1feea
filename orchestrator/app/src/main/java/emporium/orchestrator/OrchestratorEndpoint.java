package emporium.orchestrator;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.contracts.Reply;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderingEvent;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import emporium.saga.SagaReport;
import emporium.saga.SagaTables;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.sql.DataSource;

/** All that the orchestrator hears and says, and what its sagas run on. */
@Singleton
class OrchestratorEndpoint {

    @Produces
    @Singleton
    @OwnedBy("orchestrator")
    Endpoint endpoint(Orchestration orchestration) {
        return Endpoint.named("orchestrator")
                .wire(Orchestration.WIRE)
                .migrations("db/saga")
                .interest("ordering", OrderingEvent.class, event -> !(event instanceof OrderChanged))
                .eventBatches("ordering", OrderingEvent.class, orchestration::events)
                .replyBatches(Reply.class, orchestration::replies)
                .build();
    }

    @Produces
    @Singleton
    SagaTables tables(DataSource database, ObjectMapper json) {
        return new SagaTables(database, "orchestrator", json);
    }

    @Produces
    @Singleton
    SagaReport report(TransactionSynchronizationRegistry transactions, MeterRegistry meters) {
        return new SagaReport(transactions, meters);
    }
}
