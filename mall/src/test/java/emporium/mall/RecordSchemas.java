package emporium.mall;

import emporium.contracts.MayBeNull;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
            case ParameterizedType list -> ordered("type", "array", "items", of(list.getActualTypeArguments()[0]));
            case Class<?> record when record.isRecord() -> named(record);
            case Class<?> values when values.isEnum() -> ordered("type", "string", "enum", names(values));
            case Class<?> value -> plain(value);
            default -> throw new IllegalArgumentException(type + " is not used in contracts");
        };
    }

    private static Map<String, Object> plain(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "int" -> ordered("type", "integer", "format", "int32");
            case "long" -> ordered("type", "integer", "format", "int64");
            case "boolean" -> ordered("type", "boolean");
            case "String" -> ordered("type", "string");
            case "UUID" -> ordered("type", "string", "format", "uuid");
            case "Instant" -> ordered("type", "string", "format", "date-time");
            default -> throw new IllegalArgumentException(type + " is not used in contracts");
        };
    }

    private static List<String> names(Class<?> values) {
        return Stream.of(values.getEnumConstants()).map(Object::toString).toList();
    }

    private Map<String, Object> named(Class<?> record) {
        var owner = record.getPackageName().replaceFirst(".*\\.", "");
        var name = (owner.equals("contracts") ? "" : owner + ".") + record.getSimpleName();
        if (!byName.containsKey(name)) {
            byName.put(name, object(record));
        }
        return ordered("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> object(Class<?> record) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (var component : record.getRecordComponents()) {
            var schema = of(component.getGenericType());
            if (component.isAnnotationPresent(MayBeNull.class)) {
                schema.replace("type", List.of(schema.get("type"), "null"));
            } else {
                required.add(component.getName());
            }
            properties.put(component.getName(), schema);
        }
        return ordered("type", "object", "required", required, "properties", properties);
    }

    /** A map that is written in the order in which it is said. */
    static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
