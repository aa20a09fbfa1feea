package emporium.contracts.orchestrator;

import emporium.contracts.Wire;
import java.time.Instant;
import java.util.UUID;

/** The saga of this definition about this order has ended: what it was to do is done, undone, or settled by hand. */
@Wire("orchestrator.SagaEnded.v1")
public record SagaEnded(UUID saga, String definition, int version, UUID order, SagaOutcome outcome, Instant at)
        implements OrchestratorEvent {}
