package emporium.depot;

import emporium.messaging.MessageIds;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestQuery;

/** The bots, in the order in which they registered. */
@Path("/api/depot/bots")
@RunOnVirtualThread
class BotResource {

    private final Bots bots;
    private final SilentBots silentBots;
    private final Idempotency idempotency;
    private final MessageIds ids;
    private final InstantSource clock;

    BotResource(Bots bots, SilentBots silentBots, Idempotency idempotency, MessageIds ids, InstantSource clock) {
        this.bots = bots;
        this.silentBots = silentBots;
        this.idempotency = idempotency;
        this.ids = ids;
        this.clock = clock;
    }

    record Registration(@NotBlank @Size(max = 200) String name) {}

    /** By {@code shoppingListId} a bot learns what it has in hand, and that it has lost what it had. */
    record BotView(UUID id, String name, Bot.Status status, UUID shoppingListId, Instant heardAt) {}

    @POST
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = BotView.class)))
    @APIResponse(
            responseCode = "200",
            description = "A bot of this name was there",
            content = @Content(schema = @Schema(implementation = BotView.class)))
    public Response register(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid Registration registration) {
        return idempotency.once("depot", key, registration, () -> register(registration.name()));
    }

    /** A bot that comes back, perhaps after a crash, is the same bot and finds its list in its hands. */
    private Answer register(String name) {
        var isNew = bots.register(ids.next(), name, clock.instant());
        var bot = bots.get(name);
        if (isNew) {
            return Answer.created("/api/depot/bots/" + bot.id(), view(bot));
        }
        return Answer.ok(view(bots.heard(bot.id(), clock.instant())));
    }

    @GET
    public Page<BotView> list(@RestQuery String cursor, @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        var rows = bots.atWorkAfter(Optional.ofNullable(Cursor.decode(cursor)), Page.limit(limit) + 1);
        return Page.of(rows.stream().map(this::view).toList(), limit, BotView::id);
    }

    @GET
    @Path("/{id}")
    public BotView get(UUID id) {
        return view(bots.get(id));
    }

    @POST
    @Path("/{id}/heartbeat")
    @Transactional
    public BotView heartbeat(UUID id) {
        return view(bots.heard(id, clock.instant()));
    }

    private BotView view(Bots.AtWork bot) {
        return new BotView(bot.id(), bot.name(), statusOf(bot), bot.shoppingListId(), bot.heardAt());
    }

    private Bot.Status statusOf(Bots.AtWork bot) {
        if (silentBots.isSilent(bot.heardAt())) {
            return Bot.Status.SILENT;
        }
        return bot.shoppingListId() == null ? Bot.Status.IDLE : Bot.Status.ACTIVE;
    }
}
