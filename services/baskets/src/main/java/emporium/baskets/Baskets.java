package emporium.baskets;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.eventsourcing.Change;
import emporium.eventsourcing.EventStore;
import emporium.eventsourcing.Loaded;
import emporium.eventsourcing.Metadata;
import emporium.eventsourcing.RecordedEvent;
import emporium.messaging.MessageContext;
import emporium.messaging.MessageIds;
import emporium.rest.Problem;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/** The baskets, stored as what happened to them. */
@Singleton
class Baskets {
    private final EventStore events;
    private final OpenBaskets open;
    private final MessageIds ids;
    private final InstantSource clock;

    Baskets(DataSource database, ObjectMapper json, OpenBaskets open, MessageIds ids, InstantSource clock) {
        this.events = new EventStore(database, "baskets", json, open);
        this.open = open;
        this.ids = ids;
        this.clock = clock;
    }

    Loaded<Basket> start(UUID customer) {
        return save(Loaded.fresh(ids.next()), List.of(new BasketEvent.Started(customer)));
    }

    Loaded<Basket> get(UUID id) {
        return events.find(Basket.TYPE, id).orElseThrow(() -> Problem.notFound("There is no basket " + id + "."));
    }

    /** Changes a basket in the caller's transaction; others who want to change it wait for its end. */
    Loaded<Basket> change(UUID id, Function<Basket, List<BasketEvent>> decision) {
        // The same lock that the expiry takes, and before the stream's own: otherwise the two could wait in a circle.
        open.lock(id);
        var basket = get(id);
        return save(basket, decision.apply(basket.state()));
    }

    /** Ends a batch of forgotten baskets that are known to be locked by the caller's transaction. */
    int expire(List<OpenBaskets.Forgotten> forgotten) {
        var loaded = events.loadAll(
                Basket.TYPE,
                forgotten.stream().map(OpenBaskets.Forgotten::basket).toList());
        var changes = forgotten.stream()
                .map(basket -> expiry(loaded.get(basket.basket()), basket))
                .toList();
        events.saveAll(Basket.TYPE, changes);
        return changes.size();
    }

    /** All that happened to the basket, oldest first. */
    List<RecordedEvent<BasketEvent>> history(UUID id, long afterVersion, int limit) {
        return events.history(Basket.TYPE, id, afterVersion, limit);
    }

    List<String> projections() {
        return events.projections();
    }

    /** Makes a read model anew out of all events, in the caller's transaction. */
    long rebuild(String projection) {
        return events.rebuild(projection);
    }

    private Change<Basket, BasketEvent> expiry(Loaded<Basket> basket, OpenBaskets.Forgotten forgotten) {
        return new Change<>(basket, basket.state().expire(forgotten.since()), metadata());
    }

    private Loaded<Basket> save(Loaded<Basket> before, List<BasketEvent> happened) {
        return happened.isEmpty() ? before : events.save(Basket.TYPE, before, happened, metadata());
    }

    private Metadata metadata() {
        var context = MessageContext.current();
        return new Metadata(clock.instant(), context.actor(), context.correlationId(), context.causationId(), null);
    }
}
