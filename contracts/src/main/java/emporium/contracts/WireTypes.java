package emporium.contracts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the wire names off sealed families of messages. */
public final class WireTypes {

    private WireTypes() {}

    /** Wire name to record, for every record that the given sealed families permit. */
    public static Map<String, Class<?>> of(Class<?>... families) {
        var types = new LinkedHashMap<String, Class<?>>();
        Stream.of(families).flatMap(WireTypes::members).forEach(type -> add(types, type));
        return Map.copyOf(types);
    }

    private static Stream<Class<?>> members(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(WireTypes::members) : Stream.of(type);
    }

    private static void add(Map<String, Class<?>> types, Class<?> type) {
        var wire = type.getAnnotation(Wire.class);
        if (wire == null) {
            throw new IllegalArgumentException(type.getName() + " has no wire name: annotate it with @Wire");
        }
        var twin = types.putIfAbsent(wire.value(), type);
        if (twin != null && twin != type) {
            throw new IllegalArgumentException(
                    "the wire name " + wire.value() + " belongs to both " + twin.getName() + " and " + type.getName());
        }
    }
}
