package emporium.ordering;

import emporium.contracts.ordering.OrderStatus;
import emporium.eventsourcing.ConcurrentChange;
import emporium.rest.Cursor;
import emporium.rest.Idempotency;
import emporium.rest.KeyUse;
import emporium.rest.Page;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

@Path("/api/orders")
@RunOnVirtualThread
class OrderResource {
    private final OrderDesk desk;
    private final OrderIntake intake;
    private final CatalogueOwner owner;
    private final Orders orders;
    private final OrderViews views;
    private final OrderCounts counts;
    private final OrderStreams streams;
    private final Idempotency idempotency;

    OrderResource(
            OrderDesk desk,
            OrderIntake intake,
            CatalogueOwner owner,
            Orders orders,
            OrderViews views,
            OrderCounts counts,
            OrderStreams streams,
            Idempotency idempotency) {
        this.desk = desk;
        this.intake = intake;
        this.owner = owner;
        this.orders = orders;
        this.views = views;
        this.counts = counts;
        this.streams = streams;
        this.idempotency = idempotency;
    }

    @POST
    @APIResponseSchema(value = OrderView.class, responseCode = "202")
    public Response place(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid PlaceOrder wish) {
        wish.refuseRepeatedProducts();
        var use = idempotency.use("ordering", key, wish);
        return use.flatMap(idempotency::kept).orElseGet(() -> {
            var placed = placeOnce(wish, use).map(OrderView::accepted).map(idempotency::answer);
            return placed.orElseGet(() -> idempotency.twins(use.orElseThrow()));
        });
    }

    private Optional<OrderView> placeOnce(PlaceOrder wish, Optional<KeyUse> use) {
        try {
            return intake.place(wish, use);
        } catch (OwnerMayKnowBetter doubt) {
            // Asked between two transactions: waiting for another service inside of one would hold what it locks.
            owner.ask(doubt.products());
            return intake.placeAsKnown(wish, use);
        }
    }

    @POST
    @Path("{id}/cancel")
    @APIResponseSchema(value = OrderView.class, responseCode = "202")
    public Response cancel(
            @PathParam("id") UUID id, @HeaderParam("Idempotency-Key") String key, @NotNull @Valid CancelWish wish) {
        try {
            return once(key, wish, () -> desk.cancel(id, wish.reason()));
        } catch (ConcurrentChange faster) {
            // What came in between may allow a cancel or not. An order changes a few times at most, so this ends.
            return cancel(id, key, wish);
        }
    }

    @GET
    @Path("{id}")
    public OrderView get(@PathParam("id") UUID id) {
        return views.find(id).orElseThrow(() -> OrderDesk.unknown(id));
    }

    @GET
    @Path("{id}/history")
    public Page<OrderHistoryView> history(@PathParam("id") UUID id) {
        return new Page<>(story(id).stream().map(OrderHistoryView::of).toList(), null);
    }

    /**
     * The order as it is, and as it is after each change from now on, until it has come to its end. A client that
     * was cut off and names the last version it saw is told of what it missed.
     */
    @GET
    @Path("{id}/events")
    @Blocking // It returns a stream, and Quarkus takes that for a promise not to block.
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @APIResponseSchema(value = OrderView.class, responseCode = "200")
    public Multi<OutboundSseEvent> watch(
            @PathParam("id") UUID id, @HeaderParam("Last-Event-ID") String lastEvent, @Context Sse sse) {
        return streams.watch(OrderView.each(story(id)), lastEvent, sse);
    }

    @GET
    public Page<OrderView> list(
            @QueryParam("customerId") UUID customerId,
            @QueryParam("status") OrderStatus status,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        var rows = views.list(customerId, status, Cursor.decode(cursor), Page.limit(limit) + 1);
        return Page.of(rows, limit, OrderView::id);
    }

    @GET
    @Path("counts")
    public Map<OrderStatus, Long> counts() {
        return counts.byStatus();
    }

    private List<OrderMoment> story(UUID id) {
        var story = orders.story(id);
        if (story.isEmpty()) {
            throw OrderDesk.unknown(id);
        }
        return story;
    }

    private Response once(String key, Object body, Supplier<OrderView> work) {
        return idempotency.once("ordering", key, body, () -> work.get().accepted());
    }
}
