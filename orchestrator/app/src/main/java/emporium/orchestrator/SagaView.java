package emporium.orchestrator;

import com.fasterxml.jackson.annotation.JsonInclude;
import emporium.saga.Progress.Awaited;
import emporium.saga.Progress.Kind;
import emporium.saga.Progress.State;
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
 * @param deadline when something is done about it if no answer comes before; null when only an answer or a person helps
 * @param late whether something in it has taken longer than it may
 * @param cancel why it is to be cancelled after its end; null when nobody wants that
 * @param awaits the commands that are out
 * @param history all that has happened to it; left out in lists
 */
record SagaView(
        UUID id,
        String definition,
        int version,
        SagaStatus status,
        String currentStep,
        UUID orderId,
        Instant deadline,
        boolean late,
        String cancel,
        List<AwaitedView> awaits,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<Told> history) {

    /** @param deadline when it counts as late, or is sent again; null when a person has to decide */
    record AwaitedView(String step, Kind kind, State state, int attempt, Instant since, Instant deadline) {

        static AwaitedView of(Awaited awaited) {
            return new AwaitedView(
                    awaited.step(),
                    awaited.kind(),
                    awaited.state(),
                    awaited.attempt(),
                    awaited.since(),
                    awaited.next());
        }
    }

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
                found.deadline(),
                found.late(),
                found.cancelled(),
                found.outstanding().stream().map(AwaitedView::of).toList(),
                found.createdAt(),
                found.updatedAt(),
                history);
    }
}
