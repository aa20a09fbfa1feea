package emporium.mall.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Makes values that a schema allows: such as the mall has shown before, or new ones. */
final class GoodValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_ITEMS = 3;
    private static final int MOST = 1_000;

    private final KnownValues known;
    private final Random random;

    GoodValues(KnownValues known, Random random) {
        this.known = known;
        this.random = random;
    }

    JsonNode of(String name, JsonNode schema) {
        var isAnew = schema.has("enum") || random.nextInt(10) == 0;
        return isAnew
                ? madeFor(schema)
                : known.some(name, random).filter(seen -> fits(seen, schema)).orElseGet(() -> madeFor(schema));
    }

    private static boolean fits(JsonNode seen, JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "integer", "number" -> seen.isNumber();
            case "boolean" -> seen.isBoolean();
            default -> seen.isTextual() && schema.path("type").asText().equals("string");
        };
    }

    private JsonNode madeFor(JsonNode schema) {
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema);
            case "array" -> array(schema);
            case "integer", "number" -> JSON.numberNode(number(schema));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            default -> JSON.textNode(text(schema.path("format").asText()));
        };
    }

    private JsonNode object(JsonNode schema) {
        var object = JSON.objectNode();
        schema.path("properties")
                .properties()
                .forEach(field -> object.set(field.getKey(), of(field.getKey(), field.getValue())));
        return object;
    }

    private JsonNode array(JsonNode schema) {
        var array = JSON.arrayNode();
        IntStream.rangeClosed(0, random.nextInt(MOST_ITEMS)).forEach(i -> array.add(of("", schema.get("items"))));
        return array;
    }

    private long number(JsonNode schema) {
        var least = schema.path("minimum").asLong(1);
        return least + random.nextLong(Math.min(schema.path("maximum").asLong(MOST), MOST) - least + 1);
    }

    private String text(String format) {
        return switch (format) {
            case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "date-time" -> "2026-01-%02dT12:00:00Z".formatted(1 + random.nextInt(28));
            case "duration" -> "PT" + random.nextInt(60) + "M";
            default -> "Text " + random.nextInt(MOST);
        };
    }
}
