package emporium.eventsourcing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How one kind of aggregate is stored: the names and versions of its events, the fold that makes the state of them,
 * and when a snapshot is taken. A constant, shared by all threads.
 *
 * @param <A> the state, immutable
 * @param <E> what all its events have in common, best a sealed interface
 */
public final class AggregateType<A, E> {

    private final String name;
    private final BiFunction<? super A, ? super E, ? extends A> fold;
    private final Map<String, Stored<E>> byName;
    private final Map<Class<?>, Stored<E>> byClass = new HashMap<>();
    private final Map<Version, UnaryOperator<JsonNode>> upcasts;
    private final Snapshots<A> snapshots;

    private AggregateType(Builder<A, E> builder) {
        name = builder.name;
        fold = builder.fold;
        byName = Map.copyOf(builder.events);
        byName.values().forEach(stored -> byClass.put(stored.type(), stored));
        upcasts = Map.copyOf(builder.upcasts);
        snapshots = builder.snapshots;
    }

    /**
     * Begins the description of an aggregate.
     *
     * @param name is stored with each event and outlives the class
     * @param events a sealed family: leaving one of its members without a name is an error
     * @param fold the state after an event, from the state before it, which is null before the first
     */
    public static <A, E> Builder<A, E> named(
            String name, Class<E> events, BiFunction<? super A, ? super E, ? extends A> fold) {
        return new Builder<>(name, events, fold);
    }

    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }

    A fold(A state, E event) {
        return fold.apply(state, event);
    }

    Stored<E> stored(Object event) {
        var stored = byClass.get(event.getClass());
        if (stored == null) {
            throw new IllegalArgumentException(event.getClass().getName() + " is no event of a " + name);
        }
        return stored;
    }

    RecordedEvent<E> read(ObjectMapper json, StoredEvent row) {
        var data = decode(json, row);
        return new RecordedEvent<>(row.position(), row.stream(), row.version(), row.type(), data, row.metadata());
    }

    E decode(ObjectMapper json, StoredEvent row) {
        var stored = byName.get(row.type());
        if (stored == null || row.typeVersion() > stored.version()) {
            throw unreadable(row, "this version of the program does not know it", null);
        }
        try {
            return row.typeVersion() == stored.version()
                    ? json.readValue(row.data(), stored.type())
                    : json.treeToValue(upcast(json.readTree(row.data()), row, stored.version()), stored.type());
        } catch (JsonProcessingException e) {
            throw unreadable(row, "its data has another shape: " + e.getOriginalMessage(), e);
        }
    }

    /** The shape of the snapshots that can be read; none has the shape 0. */
    int snapshotShape() {
        return snapshots == null ? 0 : snapshots.shape();
    }

    A decodeSnapshot(ObjectMapper json, StoredEvent row) throws JsonProcessingException {
        return json.readValue(row.data(), snapshots.type());
    }

    /** Whether a multiple of the snapshot interval was reached or passed on the way. */
    boolean snapshotDue(long before, long after) {
        return snapshots != null && before / snapshots.every() < after / snapshots.every();
    }

    private JsonNode upcast(JsonNode data, StoredEvent row, int target) {
        var upcast = data;
        for (int version = row.typeVersion(); version < target; version++) {
            upcast = upcasts.get(new Version(row.type(), version)).apply(upcast);
        }
        return upcast;
    }

    private UnreadableEvent unreadable(StoredEvent row, String why, Throwable cause) {
        return new UnreadableEvent(
                "cannot read event %d of %s %s, a %s of version %d: %s"
                        .formatted(row.version(), name, row.stream(), row.type(), row.typeVersion(), why),
                cause);
    }

    /** The name and version under which a class of events is written. */
    record Stored<E>(String name, int version, Class<? extends E> type) {}

    private record Version(String event, int number) {}

    private record Snapshots<A>(int every, Class<A> type, int shape) {}

    public static final class Builder<A, E> {

        private final String name;
        private final Class<E> family;
        private final BiFunction<? super A, ? super E, ? extends A> fold;
        private final Map<String, Stored<E>> events = new HashMap<>();
        private final Map<Version, UnaryOperator<JsonNode>> upcasts = new HashMap<>();
        private Snapshots<A> snapshots;

        private Builder(String name, Class<E> family, BiFunction<? super A, ? super E, ? extends A> fold) {
            this.name = name;
            this.family = family;
            this.fold = fold;
        }

        /** Names a kind of event and the version of its present shape, counted from 1. */
        public Builder<A, E> event(String name, int version, Class<? extends E> type) {
            var twin = events.put(name, new Stored<>(name, version, type));
            if (twin != null) {
                throw new IllegalArgumentException("two events of a " + this.name + " are named " + name);
            }
            return this;
        }

        /** Brings the data of an event from this version to the next. Older ones pass through all that follow. */
        public Builder<A, E> upcast(String event, int fromVersion, UnaryOperator<JsonNode> upcast) {
            upcasts.put(new Version(event, fromVersion), upcast);
            return this;
        }

        /**
         * Keeps the state at every so many events, so that long streams are read fast.
         *
         * @param shape from 1; raise it when the state changes, and older snapshots are ignored
         */
        public Builder<A, E> snapshotEvery(int events, Class<A> state, int shape) {
            if (events < 1 || shape < 1) {
                throw new IllegalArgumentException("a snapshot needs an interval and a shape of at least 1");
            }
            snapshots = new Snapshots<>(events, state, shape);
            return this;
        }

        /** @throws IllegalArgumentException if a member of the family has no name, or an older version no way up */
        public AggregateType<A, E> build() {
            requireAllNamed();
            events.values().forEach(this::requireUpcasts);
            return new AggregateType<>(this);
        }

        private void requireAllNamed() {
            var named = new HashSet<Class<?>>();
            for (var stored : events.values()) {
                if (!named.add(stored.type())) {
                    throw new IllegalArgumentException(stored.type().getName() + " has two names");
                }
            }
            var nameless = members(family).filter(type -> !named.contains(type)).toList();
            if (family.isSealed() && !nameless.isEmpty()) {
                throw new IllegalArgumentException("these events of a " + name + " have no name: " + nameless);
            }
        }

        private static Stream<Class<?>> members(Class<?> type) {
            return type.isSealed()
                    ? Stream.of(type.getPermittedSubclasses()).flatMap(Builder::members)
                    : Stream.of(type);
        }

        private void requireUpcasts(Stored<E> event) {
            for (int version = 1; version < event.version(); version++) {
                if (!upcasts.containsKey(new Version(event.name(), version))) {
                    throw new IllegalArgumentException(
                            event.name() + " of version " + version + " has no upcast to version " + (version + 1));
                }
            }
        }
    }
}
