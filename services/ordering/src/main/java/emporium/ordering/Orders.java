package emporium.ordering;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.eventsourcing.Aggregates;
import emporium.eventsourcing.EventStore;
import emporium.eventsourcing.Loaded;
import emporium.eventsourcing.Metadata;
import emporium.eventsourcing.RecordedEvent;
import emporium.messaging.MessageContext;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The orders, stored as what happened to them. Within a transaction they are read together, changed in memory, and
 * written together right before the commit.
 */
@Singleton
class Orders {
    private final EventStore events;
    private final Aggregates<Order, OrderChange> aggregates;
    private final InstantSource clock;

    Orders(
            DataSource database,
            ObjectMapper json,
            OrderProjection projection,
            InstantSource clock,
            TransactionManager transactions,
            TransactionSynchronizationRegistry registry) {
        this.events = new EventStore(database, "ordering", json, projection);
        this.aggregates = new Aggregates<>(events, Order.TYPE, transactions, registry);
        this.clock = clock;
    }

    void prefetch(Collection<UUID> ids) {
        aggregates.prefetch(ids);
    }

    /** The order as this transaction has left it. One that was never placed is a mistake of the asker. */
    Loaded<Order> get(UUID id) {
        return aggregates.find(id).orElseThrow(() -> new IllegalStateException("There is no order " + id + "."));
    }

    /** Adds what happened to the order, if anything did, and answers when. */
    Instant save(Loaded<Order> order, List<? extends OrderChange> changes) {
        var context = MessageContext.current();
        var metadata =
                new Metadata(clock.instant(), context.actor(), context.correlationId(), context.causationId(), null);
        aggregates.save(order, changes, metadata);
        return metadata.occurredAt();
    }

    /** All that happened to the order, oldest first. */
    List<RecordedEvent<OrderChange>> history(UUID id, long afterVersion, int limit) {
        return events.history(Order.TYPE, id, afterVersion, limit);
    }
}
