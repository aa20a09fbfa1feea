package emporium.ordering;

import emporium.contracts.ordering.OrderStatus;
import emporium.rest.Answer;
import emporium.rest.Cursor;
import emporium.rest.Idempotency;
import emporium.rest.Page;
import emporium.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

@Path("/api/orders")
@RunOnVirtualThread
class OrderResource {
    private static final int WHOLE_HISTORY = 1000;

    private final OrderDesk desk;
    private final CatalogueOwner owner;
    private final Orders orders;
    private final OrderViews views;
    private final Idempotency idempotency;

    OrderResource(OrderDesk desk, CatalogueOwner owner, Orders orders, OrderViews views, Idempotency idempotency) {
        this.desk = desk;
        this.owner = owner;
        this.orders = orders;
        this.views = views;
        this.idempotency = idempotency;
    }

    @POST
    @APIResponseSchema(value = OrderView.class, responseCode = "202")
    public Response place(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid PlaceOrder wish) {
        wish.refuseRepeatedProducts();
        try {
            return once(key, wish, desk::place);
        } catch (OwnerMayKnowBetter doubt) {
            // Asked between two transactions: waiting for another service inside of one would hold what it locks.
            owner.ask(doubt.products());
            return once(key, wish, desk::placeAsKnown);
        }
    }

    @GET
    @Path("{id}")
    public OrderView get(@PathParam("id") UUID id) {
        return views.find(id).orElseThrow(() -> Problem.notFound("There is no order " + id + "."));
    }

    @GET
    @Path("{id}/history")
    public Page<OrderHistoryView> history(@PathParam("id") UUID id) {
        var events = orders.history(id, 0, WHOLE_HISTORY);
        if (events.isEmpty()) {
            throw Problem.notFound("There is no order " + id + ".");
        }
        return new Page<>(events.stream().map(OrderHistoryView::of).toList(), null);
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
        return views.counts();
    }

    private Response once(String key, PlaceOrder wish, Function<PlaceOrder, OrderView> place) {
        return idempotency.once("ordering", key, wish, () -> {
            var order = place.apply(wish);
            return Answer.accepted("/api/orders/" + order.id(), order);
        });
    }
}
