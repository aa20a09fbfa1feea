package emporium.notifications;

import emporium.rest.Cursor;
import emporium.rest.Page;
import emporium.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.UUID;

/** Shows what customers were told, and has sent again what was given up. */
@Path("/api/notifications")
@RunOnVirtualThread
class NotificationResource {
    private final Deliveries deliveries;
    private final PostOffice office;

    NotificationResource(Deliveries deliveries, PostOffice office) {
        this.deliveries = deliveries;
        this.office = office;
    }

    /**
     * A letter in REST.
     *
     * @param nextAttemptAt null when no attempt follows
     * @param detail why it is not sent yet, or never will be; null when there is nothing to say
     */
    record NotificationView(
            UUID id,
            UUID orderId,
            UUID customerId,
            UUID eventId,
            Occasion occasion,
            String channel,
            Delivery.State status,
            int attempts,
            String recipient,
            String subject,
            String detail,
            Instant createdAt,
            Instant sentAt,
            Instant nextAttemptAt) {}

    @GET
    public Page<NotificationView> list(
            @QueryParam("customerId") UUID customerId,
            @QueryParam("orderId") UUID orderId,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        var rows = deliveries.list(customerId, orderId, Cursor.decode(cursor), Page.limit(limit) + 1);
        return Page.of(rows.stream().map(this::view).toList(), limit, NotificationView::id);
    }

    @GET
    @Path("/{id}")
    public NotificationView get(@PathParam("id") UUID id) {
        return deliveries
                .find(id)
                .map(this::view)
                .orElseThrow(() -> Problem.notFound("There is no notification " + id + "."));
    }

    @POST
    @Path("/{id}/retry")
    public NotificationView retry(@PathParam("id") UUID id) {
        var before = get(id);
        if (!deliveries.retry(id)) {
            throw Problem.conflict("The notification is " + before.status() + ", only one that has FAILED is retried.");
        }
        return get(id);
    }

    private NotificationView view(Delivery delivery) {
        var waits = delivery.state() == Delivery.State.PENDING;
        var noPost = waits && office.post().isEmpty();
        return new NotificationView(
                delivery.id(),
                delivery.notice().order(),
                delivery.notice().customer(),
                delivery.notice().event(),
                delivery.notice().occasion(),
                "EMAIL",
                delivery.state(),
                delivery.attempts(),
                delivery.recipient(),
                delivery.subject(),
                noPost ? "Waits, because no SMTP server is configured." : delivery.detail(),
                delivery.createdAt(),
                delivery.sentAt(),
                waits && !noPost ? delivery.dueAt() : null);
    }
}
