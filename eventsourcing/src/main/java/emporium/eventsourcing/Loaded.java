package emporium.eventsourcing;

import java.util.Objects;
import java.util.UUID;

/**
 * An aggregate as it was when it was read: the state after {@code version} events. The version is what a save is
 * checked against.
 *
 * @param state null before the first event
 */
public record Loaded<A>(UUID id, long version, A state) {

    public Loaded {
        Objects.requireNonNull(id, "id");
    }

    /** An aggregate to which nothing has happened yet. */
    public static <A> Loaded<A> fresh(UUID id) {
        return new Loaded<>(id, 0, null);
    }

    Loaded<A> next(A newState) {
        return new Loaded<>(id, version + 1, newState);
    }
}
