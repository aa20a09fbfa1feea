package emporium.rest;

import emporium.messaging.MessageContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** One path for each way in which a request can go wrong. */
@Path("/test/things")
@RunOnVirtualThread
class ThingResource {

    enum Colour {
        RED,
        GREEN
    }

    record Price(long amount, String currency) {
        Price {
            Objects.requireNonNull(currency, "currency");
        }
    }

    record Item(@NotNull UUID productId, @Min(1) int quantity) {}

    record Thing(
            @NotBlank String name,
            @NotEmpty List<@Valid @NotNull Item> items,
            Price price,
            Colour colour,
            Instant since,
            Boolean open) {}

    record Note(String text) {}

    record Context(UUID correlationId, String traceparent, String actor, boolean virtual) {
        static Context current() {
            var context = MessageContext.current();
            return new Context(
                    context.correlationId(),
                    context.traceparent(),
                    context.actor(),
                    Thread.currentThread().isVirtual());
        }
    }

    @Inject
    Things things;

    @POST
    public Response create(@HeaderParam("Idempotency-Key") String key, @Valid Thing thing) {
        return things.create(key, thing);
    }

    @POST
    @Path("/notes")
    public Note note(Note note) {
        return note;
    }

    @POST
    @Path("/others")
    public Response createOther(@HeaderParam("Idempotency-Key") String key, @Valid Thing thing) {
        return things.create(key, thing);
    }

    @GET
    public Page<UUID> list(
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @QueryParam("cursor") String cursor,
            @QueryParam("owner") UUID owner,
            @QueryParam("colour") Colour colour,
            @QueryParam("since") Instant since,
            @QueryParam("open") Boolean open) {
        var first = Cursor.decode(cursor);
        return Page.of(first == null ? List.of() : List.of(first), limit, id -> id);
    }

    @GET
    @Path("/{id}")
    public Thing get(@PathParam("id") UUID id) {
        throw Problem.notFound("There is no thing " + id + ".");
    }

    @GET
    @Path("/context")
    public Context context() {
        return Context.current();
    }

    @GET
    @Path("/failures/{kind}")
    public Thing fail(@PathParam("kind") String kind) throws Throwable {
        throw switch (kind) {
            case "conflict" -> Problem.conflict("The thing is closed.");
            case "refused" -> Problem.refused("The thing is not for you.");
            case "away" -> Problem.unavailable("The thing is out for lunch.");
            case "version" -> new IllegalStateException(new OptimisticLockException("stale"));
            case "unique" -> new IllegalStateException(new SQLException("duplicate", "23505"));
            case "no-connection" ->
                new IllegalStateException(new SQLException("refused", "08001", new ConnectException()));
            case "read-only" -> new IllegalStateException(new SQLException("read-only transaction", "25006"));
            case "pool-empty" -> new SQLException("Acquisition timeout while waiting for new connection");
            case "bug" -> new IllegalStateException("the secret of the house");
            case "error" -> new AssertionError("the secret of the house");
            default -> new IllegalArgumentException(kind);
        };
    }
}
