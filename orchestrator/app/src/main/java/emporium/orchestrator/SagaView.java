package emporium.orchestrator;

import com.fasterxml.jackson.annotation.JsonInclude;
import emporium.saga.SagaQueries.Found;
import emporium.saga.SagaQueries.Told;
import emporium.saga.SagaStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A saga as an operator sees it.
 *
 * @param currentStep null when it has ended
 * @param history all that has happened to it; left out in lists
 */
record SagaView(
        UUID id,
        String definition,
        int version,
        SagaStatus status,
        String currentStep,
        UUID orderId,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<Told> history) {

    static SagaView of(Found found) {
        return of(found, null);
    }

    static SagaView of(Found found, List<Told> history) {
        return new SagaView(
                found.id(),
                found.definition(),
                found.version(),
                found.status(),
                found.step(),
                found.businessKey(),
                found.createdAt(),
                found.updatedAt(),
                history);
    }
}
