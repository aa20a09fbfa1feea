package emporium.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import emporium.messaging.ParkedMessage;
import emporium.messaging.ParkedMessages;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiFunction;

/** Lets an operator see the messages that could not be handled, and decide what becomes of each. */
@Path("/api/messages/parked")
@RunOnVirtualThread
class ParkedMessageResource {

    private final ParkedMessages parked;

    ParkedMessageResource(ParkedMessages parked) {
        this.parked = parked;
    }

    /** Why the operator does it; kept with the message. */
    record Decision(@NotBlank @Size(max = 1000) String reason) {}

    @JsonInclude(Include.NON_NULL)
    record ParkedMessageView(
            UUID id,
            String service,
            String consumer,
            ParkedMessage.Status status,
            UUID messageId,
            String type,
            String source,
            UUID key,
            UUID correlationId,
            String body,
            String reason,
            String stack,
            int attempts,
            Instant parkedAt,
            Instant resolvedAt,
            String resolvedWhy) {

        private static ParkedMessageView of(ParkedMessage message) {
            return of(message, message.stack());
        }

        private static ParkedMessageView withoutStack(ParkedMessage message) {
            return of(message, null);
        }

        private static ParkedMessageView of(ParkedMessage message, String stack) {
            return new ParkedMessageView(
                    message.id(),
                    message.service(),
                    message.consumer(),
                    message.status(),
                    message.messageId(),
                    message.type(),
                    message.source(),
                    message.key(),
                    message.correlationId(),
                    message.body(),
                    message.reason(),
                    stack,
                    message.attempts(),
                    message.parkedAt(),
                    message.resolvedAt(),
                    message.resolvedWhy());
        }
    }

    @GET
    public Page<ParkedMessageView> list(
            @QueryParam("service") String service,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        var rows = parked.list(service, Cursor.decode(cursor), Page.limit(limit) + 1);
        return Page.of(rows.stream().map(ParkedMessageView::withoutStack).toList(), limit, ParkedMessageView::id);
    }

    @GET
    @Path("/{id}")
    public ParkedMessageView get(@PathParam("id") UUID id) {
        return ParkedMessageView.of(find(id));
    }

    @POST
    @Path("/{id}/replay")
    public ParkedMessageView replay(@PathParam("id") UUID id, @Valid Decision decision) {
        return decide(id, decision, this::replayOrSayWhyNot);
    }

    @POST
    @Path("/{id}/discard")
    public ParkedMessageView discard(@PathParam("id") UUID id, @Valid Decision decision) {
        return decide(id, decision, parked::discard);
    }

    private ParkedMessageView decide(UUID id, Decision decision, BiFunction<UUID, String, ParkedMessage> move) {
        requireParked(find(id));
        return ParkedMessageView.of(move.apply(id, decision.reason()));
    }

    private ParkedMessage replayOrSayWhyNot(UUID id, String why) {
        try {
            return parked.replay(id, why);
        } catch (RuntimeException e) {
            // Another operator may have been faster; else it is the handler that fails again, with this as its reason.
            var now = find(id);
            requireParked(now);
            throw Problem.refused("The message stays parked, because it failed again: " + now.reason());
        }
    }

    private ParkedMessage find(UUID id) {
        return parked.find(id).orElseThrow(() -> Problem.notFound("There is no parked message " + id + "."));
    }

    private static void requireParked(ParkedMessage message) {
        if (message.status() != ParkedMessage.Status.PARKED) {
            throw Problem.conflict("The message " + message.id() + " is " + message.status() + " already.");
        }
    }
}
