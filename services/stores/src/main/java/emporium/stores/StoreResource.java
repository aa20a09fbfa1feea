package emporium.stores;

import emporium.rest.Answer;
import emporium.rest.Cursor;
import emporium.rest.Idempotency;
import emporium.rest.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The stores of the mall. */
@Path("/api/stores")
@RunOnVirtualThread
class StoreResource {

    static final int MAX_NAME = 200;
    static final int MAX_REASON = 500;
    private static final UUID FIRST = new UUID(0, 0);

    private final Stores stores;
    private final Mall mall;
    private final StoresEvents events;
    private final Idempotency idempotency;

    StoreResource(Stores stores, Mall mall, StoresEvents events, Idempotency idempotency) {
        this.stores = stores;
        this.mall = mall;
        this.events = events;
        this.idempotency = idempotency;
    }

    record NewStore(
            @NotBlank @Size(max = MAX_NAME) String name,
            @NotBlank @Size(max = MAX_NAME) String location,
            @Size(max = MAX_REASON) String reason) {}

    record NewName(
            @NotBlank @Size(max = MAX_NAME) String name,
            @Size(max = MAX_REASON) String reason) {}

    record Participation(
            @NotNull Boolean participating,
            @Size(max = MAX_REASON) String reason) {}

    @POST
    @APIResponseSchema(value = StoreView.class, responseCode = "201")
    public Response open(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid NewStore store) {
        return idempotency.once("stores", key, store, () -> {
            var view = StoreView.of(stores.open(store.name(), store.location(), store.reason()));
            return Answer.created("/api/stores/" + view.id(), view);
        });
    }

    @GET
    public Page<StoreView> list(
            @QueryParam("participating") Boolean participating,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        var rows = mall.after(firstOf(cursor), participating, Page.limit(limit) + 1);
        return Page.of(rows.stream().map(StoreView::of).toList(), limit, StoreView::id);
    }

    @GET
    @Path("/{id}")
    public StoreView get(UUID id) {
        return mall.store(id).map(StoreView::of).orElseThrow(() -> Stores.unknown(id));
    }

    @PUT
    @Path("/{id}/name")
    @Transactional
    public StoreView rename(UUID id, @NotNull @Valid NewName change) {
        return StoreView.of(stores.change(id, store -> store.rename(change.name()), change.reason()));
    }

    @PUT
    @Path("/{id}/participating")
    @Transactional
    public StoreView participate(UUID id, @NotNull @Valid Participation change) {
        return StoreView.of(stores.change(id, store -> store.participate(change.participating()), change.reason()));
    }

    @GET
    @Path("/{id}/history")
    public Page<ChangeView> history(
            UUID id,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        get(id);
        return ChangeView.page(events.history(Store.TYPE, id, ChangeView.after(cursor), Page.limit(limit) + 1), limit);
    }

    static UUID firstOf(String cursor) {
        return Optional.ofNullable(Cursor.decode(cursor)).orElse(FIRST);
    }
}
