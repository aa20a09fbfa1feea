package emporium.search;

import emporium.contracts.ordering.OrderStatus;
import emporium.rest.Cursor;
import emporium.rest.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.UUID;

/** Finds orders by all that is known of them. */
@Path("/api/search/orders")
@RunOnVirtualThread
class SearchResource {
    private final OrderSearch search;

    SearchResource(OrderSearch search) {
        this.search = search;
    }

    @GET
    public Page<OrderView> orders(
            @QueryParam("customerId") UUID customerId,
            @QueryParam("status") OrderStatus status,
            @QueryParam("storeId") UUID storeId,
            @QueryParam("productId") UUID productId,
            @QueryParam("q") String q,
            @QueryParam("after") Instant after,
            @QueryParam("before") Instant before,
            @QueryParam("minTotal") Long minTotal,
            @QueryParam("maxTotal") Long maxTotal,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        var filters = new Filters(customerId, status, storeId, productId, q, after, before, minTotal, maxTotal);
        return Page.of(search.find(filters, Cursor.decode(cursor), Page.limit(limit) + 1), limit, OrderView::id);
    }
}
