package emporium.orchestrator;

import emporium.rest.Cursor;
import emporium.rest.Page;
import emporium.rest.Problem;
import emporium.saga.MoveRefused;
import emporium.saga.OperatorMove;
import emporium.saga.SagaQueries;
import emporium.saga.SagaStatus;
import emporium.saga.SagaTables;
import emporium.saga.UnknownSaga;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** The sagas as an operator sees them, the newest first, and what an operator can do about one. */
@Path("/api/sagas")
@RunOnVirtualThread
class SagaResource {

    private final Orchestration orchestration;
    private final SagaQueries sagas;
    private final InstantSource clock;

    SagaResource(Orchestration orchestration, SagaTables tables, InstantSource clock) {
        this.orchestration = orchestration;
        this.clock = clock;
        sagas = new SagaQueries(tables);
    }

    /** Why an operator steps in; it stands in the history. */
    record Reason(@NotBlank @Size(max = 1_000) String reason) {}

    /** @param olderThan for sagas that began longer ago, such as PT5M */
    @GET
    public Page<SagaView> list(
            @QueryParam("status") SagaStatus status,
            @QueryParam("definition") String definition,
            @QueryParam("orderId") UUID orderId,
            @QueryParam("olderThan") Duration olderThan,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        var begunBefore = olderThan == null ? null : clock.instant().minus(olderThan);
        var wanted = new SagaQueries.Filter(status, definition, orderId, begunBefore);
        var rows = sagas.list(wanted, Cursor.decode(cursor), Page.limit(limit) + 1);
        return Page.of(rows.stream().map(SagaView::of).toList(), limit, SagaView::id);
    }

    @GET
    @Path("/{id}")
    public SagaView get(UUID id) {
        return sagas.find(id)
                .map(found -> SagaView.of(found, sagas.history(id)))
                .orElseThrow(() -> unknown(id));
    }

    /** Sends again what is stuck or late. */
    @POST
    @Path("/{id}/retry")
    public SagaView retry(UUID id, @Valid @NotNull Reason reason) {
        return operate(id, OperatorMove.RETRY, reason);
    }

    /** Declares done what is stuck or late. */
    @POST
    @Path("/{id}/skip")
    public SagaView skip(UUID id, @Valid @NotNull Reason reason) {
        return operate(id, OperatorMove.SKIP, reason);
    }

    /** Ends a saga whose rest was done by hand. */
    @POST
    @Path("/{id}/resolve")
    public SagaView resolve(UUID id, @Valid @NotNull Reason reason) {
        return operate(id, OperatorMove.RESOLVE, reason);
    }

    /** Turns a saga round before its pivot. */
    @POST
    @Path("/{id}/cancel")
    public SagaView cancel(UUID id, @Valid @NotNull Reason reason) {
        return operate(id, OperatorMove.CANCEL, reason);
    }

    private SagaView operate(UUID id, OperatorMove move, Reason reason) {
        try {
            QuarkusTransaction.requiringNew().run(() -> orchestration.runner().operate(id, move, reason.reason()));
        } catch (UnknownSaga e) {
            throw unknown(id);
        } catch (MoveRefused e) {
            throw Problem.conflict(e.getMessage());
        }
        return get(id);
    }

    private static Problem unknown(UUID id) {
        return Problem.notFound("There is no saga " + id + ".");
    }
}
