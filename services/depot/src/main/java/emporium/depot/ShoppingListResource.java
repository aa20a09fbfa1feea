package emporium.depot;

import emporium.rest.Cursor;
import emporium.rest.Page;
import emporium.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.Nullable;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
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
    private final Errands errands;

    ShoppingListResource(ShoppingLists lists, Errands errands) {
        this.lists = lists;
        this.errands = errands;
    }

    record Assignment(@NotNull UUID botId) {}

    /** A bot that says who it is cannot complete what meanwhile is in the hands of another. */
    record Completion(UUID botId) {}

    record ShoppingListView(UUID id, UUID orderId, ShoppingList.Status status, UUID botId, List<Stop> stops) {
        private static ShoppingListView of(ShoppingList list) {
            return new ShoppingListView(list.id(), list.orderId(), list.status(), list.botId(), list.stops());
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
        return ShoppingListView.of(lists.get(id));
    }

    @POST
    @Path("/{id}/assign")
    @Transactional
    public ShoppingListView assign(UUID id, @NotNull @Valid Assignment assignment) {
        return ShoppingListView.of(errands.assign(id, assignment.botId()));
    }

    @POST
    @Path("/{id}/complete")
    @Consumes(MediaType.APPLICATION_JSON)
    @Transactional
    public ShoppingListView complete(UUID id, @Nullable Completion completion) {
        return ShoppingListView.of(
                errands.complete(id, Optional.ofNullable(completion).map(Completion::botId)));
    }

    /** Without a body, whatever type the client gives it. */
    @POST
    @Path("/{id}/complete")
    @Consumes(MediaType.WILDCARD)
    @Transactional
    public ShoppingListView complete(UUID id) {
        return complete(id, null);
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
