package emporium.saga;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The definitions that one runner plays, several versions of one name side by side if need be, and how to read replies. */
public final class Sagas {

    private final Map<Class<?>, String> names = new HashMap<>();
    private final Function<Object, Optional<String>> refusals;
    private final Map<String, Saga<?>> definitions;

    private Sagas(Map<String, Class<?>> wire, Function<Object, Optional<String>> refusals, List<Saga<?>> definitions) {
        wire.forEach((name, type) -> names.put(type, name));
        this.refusals = refusals;
        this.definitions = definitions.stream()
                .collect(Collectors.toUnmodifiableMap(Saga::toString, saga -> saga, (a, _) -> {
                    throw new IllegalArgumentException("saga " + a + " is defined twice");
                }));
    }

    /**
     * Collects definitions.
     *
     * @param wire the messages' wire names, as the endpoint has them: the history tells messages by these
     * @param refusals the reason, if a reply is a business <em>no</em>; empty for every other reply
     */
    public static Sagas of(
            Map<String, Class<?>> wire, Function<Object, Optional<String>> refusals, Saga<?>... definitions) {
        return new Sagas(wire, refusals, Stream.of(definitions).toList());
    }

    Optional<Saga<?>> find(String name, int version) {
        return Optional.ofNullable(definitions.get(name + " v" + version));
    }

    Saga<?> get(String name, int version) {
        return find(name, version)
                .orElseThrow(() -> new IllegalStateException("saga " + name + " v" + version + " is not defined here"));
    }

    <D> Transitions<D> transitions(Saga<D> saga) {
        return new Transitions<>(saga, refusals);
    }

    /** The wire name of a message, null for none. */
    String nameOf(Object message) {
        return message == null
                ? null
                : names.getOrDefault(message.getClass(), message.getClass().getSimpleName());
    }
}
