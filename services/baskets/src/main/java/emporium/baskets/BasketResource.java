package emporium.baskets;

import emporium.eventsourcing.Loaded;
import emporium.eventsourcing.Metadata;
import emporium.eventsourcing.RecordedEvent;
import emporium.rest.Answer;
import emporium.rest.Cursor;
import emporium.rest.Idempotency;
import emporium.rest.Page;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Baskets from their start to the order. */
@Path("/api/baskets")
@RunOnVirtualThread
class BasketResource {
    private final Baskets baskets;
    private final BasketDesk desk;
    private final Idempotency idempotency;

    BasketResource(Baskets baskets, BasketDesk desk, Idempotency idempotency) {
        this.baskets = baskets;
        this.desk = desk;
        this.idempotency = idempotency;
    }

    record NewBasket(@NotNull UUID customerId) {}

    record Quantity(@NotNull @Min(0) @Max(10_000) Integer quantity) {}

    record CheckOut(@NotNull UUID paymentId) {}

    record CheckedOutView(UUID orderId) {}

    record ChangeView(long version, String type, BasketEvent data, Metadata metadata) {
        private static ChangeView of(RecordedEvent<BasketEvent> event) {
            return new ChangeView(event.version(), event.type(), event.data(), event.metadata());
        }

        private UUID cursor() {
            return new UUID(0, version);
        }
    }

    @POST
    @APIResponseSchema(value = BasketView.class, responseCode = "201")
    public Response start(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid NewBasket basket) {
        return idempotency.once("baskets", key, basket, () -> {
            var view = BasketView.of(baskets.start(basket.customerId()));
            return Answer.created("/api/baskets/" + view.id(), view);
        });
    }

    @GET
    @Path("/{id}")
    public BasketView get(@PathParam("id") UUID id) {
        return BasketView.of(baskets.get(id));
    }

    @GET
    @Path("/{id}/history")
    public Page<ChangeView> history(
            @PathParam("id") UUID id,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        baskets.get(id);
        var after = cursor == null ? 0 : Cursor.decode(cursor).getLeastSignificantBits();
        var events = baskets.history(id, after, Page.limit(limit) + 1);
        return Page.of(events.stream().map(ChangeView::of).toList(), limit, ChangeView::cursor);
    }

    @PUT
    @Path("/{id}/items/{productId}")
    public BasketView setItem(
            @PathParam("id") UUID id, @PathParam("productId") UUID product, @NotNull @Valid Quantity wish) {
        return BasketView.of(wish.quantity() == 0 ? remove(id, product) : desk.put(id, product, wish.quantity()));
    }

    @DELETE
    @Path("/{id}")
    public void cancel(@PathParam("id") UUID id) {
        QuarkusTransaction.requiringNew().run(() -> baskets.change(id, Basket::cancel));
    }

    @POST
    @Path("/{id}/checkout")
    @APIResponseSchema(value = CheckedOutView.class, responseCode = "202")
    public Response checkOut(
            @PathParam("id") UUID id, @HeaderParam("Idempotency-Key") String key, @NotNull @Valid CheckOut checkOut) {
        return idempotency.once("baskets", key, checkOut, () -> prepare(id), _ -> {
            var order = desk.checkOut(id, checkOut.paymentId());
            return Answer.accepted("/api/orders/" + order, new CheckedOutView(order));
        });
    }

    private Void prepare(UUID id) {
        desk.prepareCheckOut(id);
        return null;
    }

    private Loaded<Basket> remove(UUID id, UUID product) {
        return QuarkusTransaction.requiringNew().call(() -> baskets.change(id, basket -> basket.remove(product)));
    }
}
