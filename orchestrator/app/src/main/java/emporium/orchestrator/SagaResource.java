package emporium.orchestrator;

import emporium.rest.Cursor;
import emporium.rest.Page;
import emporium.rest.Problem;
import emporium.saga.SagaQueries;
import emporium.saga.SagaStatus;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;

/** The sagas as an operator sees them, the newest first. */
@Path("/api/sagas")
@RunOnVirtualThread
class SagaResource {

    private final SagaQueries sagas;

    SagaResource(Orchestration orchestration) {
        sagas = orchestration.queries();
    }

    @GET
    public Page<SagaView> list(
            @QueryParam("status") SagaStatus status,
            @QueryParam("definition") String definition,
            @QueryParam("orderId") UUID orderId,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        var wanted = new SagaQueries.Filter(status, definition, orderId);
        var rows = sagas.list(wanted, Cursor.decode(cursor), Page.limit(limit) + 1);
        return Page.of(rows.stream().map(SagaView::of).toList(), limit, SagaView::id);
    }

    @GET
    @Path("/{id}")
    public SagaView get(UUID id) {
        return sagas.find(id)
                .map(found -> SagaView.of(found, sagas.history(id)))
                .orElseThrow(() -> Problem.notFound("There is no saga " + id + "."));
    }
}
