package emporium.saga;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The definitions that one runner plays, several versions of one name side by side if need be, and how to read replies.
 * A definition that could not work here is refused with {@link IllegalArgumentException} by the names of saga and step.
 */
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
        definitions.forEach(saga -> saga.steps().forEach(step -> check(saga, step)));
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

    Collection<Saga<?>> all() {
        return definitions.values();
    }

    /** The definitions as people write them, {@code create-order v1}. */
    Collection<String> titles() {
        return definitions.keySet();
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

    private void check(Saga<?> saga, Step<?> step) {
        var commands = step.commandTypes(saga.draft().getClassLoader());
        var receivers = commands.stream()
                .flatMap(this::namesIn)
                .map(Sagas::owner)
                .distinct()
                .toList();
        for (var command : commands) {
            refuse(saga, step, namesIn(command).findAny().isEmpty(), "sends " + told(command) + ", which nobody takes");
        }
        for (var reply : step.replyTypes()) {
            var nobody = namesIn(reply).noneMatch(name -> receivers.isEmpty() || receivers.contains(owner(name)));
            refuse(saga, step, nobody, "awaits " + told(reply) + ", which nobody whom it asks sends");
        }
    }

    /** The wire names of this type, or of all types of this family. */
    private Stream<String> namesIn(Class<?> type) {
        return names.entrySet().stream()
                .filter(entry -> type.isAssignableFrom(entry.getKey()))
                .map(Map.Entry::getValue);
    }

    private String told(Class<?> type) {
        return names.getOrDefault(type, type.getSimpleName() + " (no wire name)");
    }

    private static void refuse(Saga<?> saga, Step<?> step, boolean wrong, String why) {
        if (wrong) {
            throw new IllegalArgumentException("saga " + saga + ": '" + step.name() + "' " + why);
        }
    }

    private static String owner(String wireName) {
        return wireName.substring(0, wireName.indexOf('.'));
    }
}
