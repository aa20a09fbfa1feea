package emporium.contracts.orchestrator;

import emporium.contracts.Event;

/** What the orchestrator tells the others. */
public sealed interface OrchestratorEvent extends Event permits SagaEnded {}
