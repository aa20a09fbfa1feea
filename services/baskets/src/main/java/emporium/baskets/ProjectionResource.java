package emporium.baskets;

import emporium.rest.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;

/** The operator's one command to make a read model anew out of the events. */
@Path("/api/baskets/projections/{name}/rebuild")
@RunOnVirtualThread
class ProjectionResource {

    private static final int PATIENCE = Math.toIntExact(Duration.ofHours(1).toSeconds());

    private final Baskets baskets;

    ProjectionResource(Baskets baskets) {
        this.baskets = baskets;
    }

    record RebuildView(String projection, long events) {}

    @POST
    public RebuildView rebuild(String name) {
        if (!baskets.projections().contains(name)) {
            throw Problem.notFound("There is no projection %s, only %s.".formatted(name, baskets.projections()));
        }
        return new RebuildView(
                name, QuarkusTransaction.requiringNew().timeout(PATIENCE).call(() -> baskets.rebuild(name)));
    }
}
