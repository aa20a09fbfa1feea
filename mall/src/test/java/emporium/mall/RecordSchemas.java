package emporium.mall;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** JSON schemas of records as messaging writes them, each once under a name of its own. */
final class RecordSchemas {

    private final Map<String, Object> byName = new TreeMap<>();

    Map<String, Object> byName() {
        return byName;
    }

    /** A reference to the schema of this type, or the schema itself where it is a plain value. */
    Map<String, Object> of(Type type) {
        return switch (type) {
            case ParameterizedType list -> Map.of("type", "array", "items", of(list.getActualTypeArguments()[0]));
            case Class<?> record when record.isRecord() -> named(record);
            case Class<?> values
            when values.isEnum() ->
                Map.of(
                        "type",
                        "string",
                        "enum",
                        Stream.of(values.getEnumConstants())
                                .map(Object::toString)
                                .toList());
            case Class<?> value -> plain(value);
            default -> throw new IllegalArgumentException(type + " is not used in contracts");
        };
    }

    private static Map<String, Object> plain(Class<?> type) {
        if (type == int.class) {
            return Map.of("type", "integer", "format", "int32");
        }
        if (type == long.class) {
            return Map.of("type", "integer", "format", "int64");
        }
        if (type == boolean.class) {
            return Map.of("type", "boolean");
        }
        return switch (type.getSimpleName()) {
            case "String" -> Map.of("type", "string");
            case "UUID" -> Map.of("type", "string", "format", "uuid");
            case "Instant" -> Map.of("type", "string", "format", "date-time");
            default -> throw new IllegalArgumentException(type + " is not used in contracts");
        };
    }

    private Map<String, Object> named(Class<?> record) {
        var owner = record.getPackageName().replaceFirst(".*\\.", "");
        var name = (owner.equals("contracts") ? "" : owner + ".") + record.getSimpleName();
        if (!byName.containsKey(name)) {
            byName.put(name, Map.of());
            byName.put(name, object(record));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> object(Class<?> record) {
        var properties = new TreeMap<String, Object>();
        for (var component : record.getRecordComponents()) {
            properties.put(component.getName(), of(component.getGenericType()));
        }
        return new TreeMap<>(Map.of("type", "object", "properties", properties, "required", required(record)));
    }

    /** A number or a truth value is always there; whether anything else may be null is for the contract to say. */
    private static List<String> required(Class<?> record) {
        return Stream.of(record.getRecordComponents())
                .filter(component -> component.getType().isPrimitive())
                .map(RecordComponent::getName)
                .sorted()
                .toList();
    }
}
