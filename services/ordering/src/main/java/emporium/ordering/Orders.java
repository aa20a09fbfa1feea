package emporium.ordering;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.eventsourcing.Aggregates;
import emporium.eventsourcing.EventStore;
import emporium.eventsourcing.Loaded;
import emporium.eventsourcing.Metadata;
import emporium.messaging.MessageContext;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The orders, stored as what happened to them. Within a transaction they are read together, changed in memory, and
 * written together right before the commit. Nothing changes without the others being told.
 */
@Singleton
class Orders {
    private static final int WHOLE_STORY = 1000;

    private final EventStore events;
    private final Aggregates<Order, OrderChange> aggregates;
    private final OrderNews news;
    private final InstantSource clock;

    Orders(
            DataSource database,
            ObjectMapper json,
            OrderProjection projection,
            OrderNews news,
            InstantSource clock,
            TransactionManager transactions,
            TransactionSynchronizationRegistry registry) {
        this.events = new EventStore(database, "ordering", json, projection);
        this.aggregates = new Aggregates<>(events, Order.TYPE, transactions, registry);
        this.news = news;
        this.clock = clock;
    }

    void prefetch(Collection<UUID> ids) {
        aggregates.prefetch(ids);
    }

    /** The order as this transaction has left it, if it was ever placed. */
    Optional<Loaded<Order>> find(UUID id) {
        return aggregates.find(id);
    }

    /** As {@link #find}; one that was never placed is a mistake of the asker. */
    Loaded<Order> get(UUID id) {
        return find(id).orElseThrow(() -> new IllegalStateException("There is no order " + id + "."));
    }

    /** Adds what happened to the order, if anything did, and answers when. */
    Instant save(Loaded<Order> order, List<? extends OrderChange> changes) {
        return save(order, changes, null);
    }

    /** As {@link #save(Loaded, List)} with the reason that was given for it. */
    Instant save(Loaded<Order> order, List<? extends OrderChange> changes, String reason) {
        var context = MessageContext.current();
        var metadata =
                new Metadata(clock.instant(), context.actor(), context.correlationId(), context.causationId(), reason);
        aggregates.save(order, changes, metadata);
        news.tell(order, changes, metadata.occurredAt());
        return metadata.occurredAt();
    }

    /** Writes now what this transaction has saved, for those who want to read it in SQL. */
    void flush() {
        aggregates.flush();
    }

    /** All that happened to the order, oldest first; nothing if there is no such order. */
    List<OrderMoment> story(UUID id) {
        return OrderMoment.story(events.history(Order.TYPE, id, 0, WHOLE_STORY));
    }
}
