package emporium.search;

import emporium.rest.Page;
import emporium.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The operator's one command to make the search anew, and how that goes. */
@Path("/api/search/rebuild")
@RunOnVirtualThread
class RebuildResource {
    private final Rebuild rebuild;
    private final Generations generations;

    RebuildResource(Rebuild rebuild, Generations generations) {
        this.rebuild = rebuild;
        this.generations = generations;
    }

    /**
     * One making of the read model.
     *
     * @param finishedAt null while it is being built
     * @param ordersPerSecond from its start to its end, or to its last progress
     */
    record GenerationView(
            int generation,
            Generation.State status,
            Instant startedAt,
            Instant finishedAt,
            long orders,
            long ordersPerSecond,
            String failure) {

        private static GenerationView of(Generation generation) {
            var took = Duration.between(generation.startedAt(), generation.progressAt());
            return new GenerationView(
                    generation.number(),
                    generation.state(),
                    generation.startedAt(),
                    generation.finishedAt(),
                    generation.orders(),
                    generation.orders() * 1000 / Math.max(took.toMillis(), 1),
                    generation.failure());
        }
    }

    @POST
    @APIResponseSchema(value = GenerationView.class, responseCode = "202")
    public Response rebuild() {
        var generation = rebuild.begin();
        Thread.ofVirtual().name("search-rebuild").start(() -> rebuild.build(generation));
        return Response.accepted(get(generation))
                .header("Location", URI.create("/api/search/rebuild/" + generation))
                .build();
    }

    @GET
    public Page<GenerationView> list() {
        return new Page<>(generations.list().stream().map(GenerationView::of).toList(), null);
    }

    @GET
    @Path("/{generation}")
    public GenerationView get(@PathParam("generation") int number) {
        return find(number).orElseThrow(() -> Problem.notFound("There is no generation " + number + "."));
    }

    private Optional<GenerationView> find(int number) {
        return generations.list().stream()
                .filter(generation -> generation.number() == number)
                .map(GenerationView::of)
                .findFirst();
    }
}
