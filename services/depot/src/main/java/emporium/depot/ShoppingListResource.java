package emporium.depot;

import emporium.rest.Cursor;
import emporium.rest.Page;
import emporium.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;

/** The shopping lists, oldest first. */
@Path("/api/depot/shopping-lists")
@RunOnVirtualThread
class ShoppingListResource {

    private final ShoppingLists lists;

    ShoppingListResource(ShoppingLists lists) {
        this.lists = lists;
    }

    record ShoppingListView(UUID id, UUID orderId, ShoppingList.Status status, List<Stop> stops) {
        private static ShoppingListView of(ShoppingList list) {
            return new ShoppingListView(list.id(), list.orderId(), list.status(), list.stops());
        }
    }

    @GET
    public Page<ShoppingListView> list(
            @RestQuery String status,
            @RestQuery String cursor,
            @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        var rows = lists.after(Optional.ofNullable(Cursor.decode(cursor)), statusOf(status), Page.limit(limit) + 1);
        return Page.of(rows.stream().map(ShoppingListView::of).toList(), limit, ShoppingListView::id);
    }

    @GET
    @Path("/{id}")
    public ShoppingListView get(UUID id) {
        return lists.findByIdOptional(id)
                .map(ShoppingListView::of)
                .orElseThrow(() -> Problem.notFound("There is no shopping list " + id + "."));
    }

    private static Optional<ShoppingList.Status> statusOf(String text) {
        var all = Arrays.asList(ShoppingList.Status.values());
        var status = all.stream().filter(one -> one.name().equals(text)).findAny();
        if (text != null && status.isEmpty()) {
            throw Problem.badInput("status", "must be one of " + all);
        }
        return status;
    }
}
