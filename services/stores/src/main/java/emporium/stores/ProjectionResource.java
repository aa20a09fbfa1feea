package emporium.stores;

import emporium.rest.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;

/** The operator's one command to make a read model anew out of the events. */
@Path("/api/stores/projections/{name}/rebuild")
@RunOnVirtualThread
class ProjectionResource {

    private static final int PATIENCE = Math.toIntExact(Duration.ofHours(1).toSeconds());

    private final StoresEvents events;

    ProjectionResource(StoresEvents events) {
        this.events = events;
    }

    record RebuildView(String projection, long events) {}

    @POST
    public RebuildView rebuild(String name) {
        if (!events.projections().contains(name)) {
            throw Problem.notFound("There is no projection %s, only %s.".formatted(name, events.projections()));
        }
        return new RebuildView(
                name, QuarkusTransaction.requiringNew().timeout(PATIENCE).call(() -> events.rebuild(name)));
    }
}
