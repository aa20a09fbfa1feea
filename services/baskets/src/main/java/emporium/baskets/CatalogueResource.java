package emporium.baskets;

import emporium.contracts.Money;
import emporium.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Lets an operator see how far the copy of the catalogue is behind its owner, and fill it again. */
@Path("/api/baskets/catalogue")
@RunOnVirtualThread
class CatalogueResource {
    private final Catalogue catalogue;
    private final CatalogueRebuild rebuild;
    private final InstantSource clock;

    CatalogueResource(Catalogue catalogue, CatalogueRebuild rebuild, InstantSource clock) {
        this.catalogue = catalogue;
        this.rebuild = rebuild;
        this.clock = clock;
    }

    /**
     * The copy as a whole.
     *
     * @param newestEventAt when the newest event taken over was published; null before the first
     * @param newestEventAgeSeconds how long ago that was: large in a quiet mall too
     * @param lagMillis how long that event took from its publication to the copy
     */
    record StatusView(
            long stores,
            long products,
            long removedProducts,
            Instant newestEventAt,
            Long newestEventAgeSeconds,
            Long lagMillis) {}

    /** One product as the copy has it; its versions tell, beside those that the owner shows, whether it is behind. */
    record ItemView(
            UUID productId,
            long version,
            String name,
            Money price,
            UUID storeId,
            long storeVersion,
            String storeName,
            boolean participating,
            boolean removed) {}

    record RebuildView(long events, StatusView status) {}

    @GET
    @Path("/status")
    public StatusView status() {
        var state = catalogue.state();
        var heard = state.publishedAt() != null;
        return new StatusView(
                state.stores(),
                state.products(),
                state.removed(),
                state.publishedAt(),
                heard ? Duration.between(state.publishedAt(), clock.instant()).toSeconds() : null,
                heard ? Duration.between(state.publishedAt(), state.takenAt()).toMillis() : null);
    }

    @GET
    @Path("/products/{id}")
    public ItemView product(@PathParam("id") UUID id) {
        var item = catalogue.find(List.of(id)).get(id);
        if (item == null) {
            throw Problem.notFound("The copy of the catalogue has no product " + id + ".");
        }
        return new ItemView(
                id,
                item.version(),
                item.name(),
                item.price(),
                item.store(),
                item.storeVersion(),
                item.storeName(),
                item.participating(),
                item.removed());
    }

    @POST
    @Path("/rebuild")
    public RebuildView rebuild() {
        return new RebuildView(rebuild.rebuild(), status());
    }
}
