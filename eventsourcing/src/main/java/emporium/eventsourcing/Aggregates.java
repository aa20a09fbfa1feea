package emporium.eventsourcing;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The aggregates of one type as one JTA transaction sees them, for handlers of batches: each is read once, what is
 * saved is seen at once by later reads, and all of it is written together just before the commit, by one statement.
 * A {@link ConcurrentChange} therefore comes out of the commit, and projections lag until then: call {@link #flush}
 * where that is not wanted. May be used from any thread, inside a transaction only.
 */
public final class Aggregates<A, E> {

    private final EventStore events;
    private final AggregateType<A, E> type;
    private final TransactionManager transactions;
    private final TransactionSynchronizationRegistry registry;

    public Aggregates(
            EventStore events,
            AggregateType<A, E> type,
            TransactionManager transactions,
            TransactionSynchronizationRegistry registry) {
        this.events = events;
        this.type = type;
        this.transactions = transactions;
        this.registry = registry;
    }

    /** Reads those that are not read yet, by one statement, so that {@link #find} needs none. */
    public void prefetch(Collection<UUID> ids) {
        var work = work();
        var missing =
                ids.stream().distinct().filter(id -> !work.read.containsKey(id)).toList();
        var found = events.loadAll(type, missing);
        missing.forEach(id -> work.read.put(id, Optional.ofNullable(found.get(id))));
    }

    /** The aggregate with all that this transaction has saved. */
    public Optional<Loaded<A>> find(UUID id) {
        return work().read.computeIfAbsent(id, missing -> events.find(type, missing));
    }

    /** Takes the events in, to be written before the commit, and returns the aggregate as it is with them. */
    public Loaded<A> save(Loaded<A> before, List<? extends E> happened, Metadata metadata) {
        var work = work();
        var change = new Change<A, E>(before, happened, metadata);
        var after = change.after(type);
        work.changes.add(change);
        work.read.put(after.id(), Optional.of(after));
        return after;
    }

    /** Writes now what is still to be written. */
    public void flush() {
        work().write();
    }

    @SuppressWarnings("unchecked")
    private Work work() {
        var present = (Work) registry.getResource(this);
        return present == null ? begin() : present;
    }

    private Work begin() {
        var work = new Work();
        registry.putResource(this, work);
        try {
            // Not interposed: those run later, and among them is Hibernate's flush of what projections change.
            transactions.getTransaction().registerSynchronization(work);
        } catch (RollbackException | SystemException e) {
            throw new IllegalStateException("the transaction takes no more work: " + e.getMessage(), e);
        }
        return work;
    }

    /** What one transaction has read and is about to write. */
    private final class Work implements Synchronization {

        private final Map<UUID, Optional<Loaded<A>>> read = new HashMap<>();
        private final List<Change<A, E>> changes = new ArrayList<>();

        void write() {
            if (!changes.isEmpty()) {
                var now = List.copyOf(changes);
                changes.clear();
                events.saveAll(type, now);
            }
        }

        @Override
        public void beforeCompletion() {
            write();
        }

        @Override
        public void afterCompletion(int status) {}
    }
}
