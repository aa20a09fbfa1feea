package emporium.eventsourcing;

import java.util.List;

/**
 * A read model that follows the events of some aggregates, written in the very transaction that appends them, so that
 * it is never behind. It must depend on nothing but the events, so that it can be rebuilt from them.
 *
 * @param <E> what all events of the sources have in common
 */
public interface Projection<E> {

    /** Under this name it is rebuilt. */
    String name();

    /** The aggregates whose events it follows. */
    List<AggregateType<?, ? extends E>> sources();

    /**
     * Deletes all that it has written, before a rebuild. {@code delete} is better than {@code truncate}, which would
     * make readers wait for the end of the rebuild.
     */
    void empty();

    /** Takes in new events, in the order in which they happened. Runs in the transaction of the append or the rebuild. */
    void apply(List<? extends RecordedEvent<? extends E>> events);
}
