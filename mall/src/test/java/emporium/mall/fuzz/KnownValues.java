package emporium.mall.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/** What the mall has answered under a name is a good value for a field or parameter of that name. */
final class KnownValues {

    private static final int REMEMBERED = 12;

    private final Map<String, List<JsonNode>> byName = new HashMap<>();

    /**
     * What is in an answer under this path: an {@code id} of {@code /api/customers} is a {@code customerId} elsewhere.
     *
     * @param asked what the answer repeats is not news, and may be made up
     */
    void learn(String path, JsonNode answer, String asked) {
        if (answer.isArray()) {
            answer.forEach(item -> learn(path, item, asked));
        }
        answer.properties().forEach(field -> {
            if (field.getValue().isContainerNode()) {
                learn(field.getKey().equals("items") ? path : "", field.getValue(), asked);
            } else if (!asked.contains(field.getValue().asText())) {
                learnAs(field.getKey().equals("id") ? idOf(path) : field.getKey(), field.getValue());
            }
        });
    }

    private void learnAs(String name, JsonNode value) {
        if (value.isNull() || name.isEmpty()) {
            return;
        }
        var known = byName.computeIfAbsent(name, unknown -> new ArrayList<>());
        if (!known.contains(value)) {
            known.add(value);
        }
        if (known.size() > REMEMBERED) {
            known.removeFirst();
        }
    }

    Optional<JsonNode> some(String name, Random random) {
        var known = byName.get(name);
        return Optional.ofNullable(known).map(values -> values.get(random.nextInt(values.size())));
    }

    /** The name under which the value of a placeholder in a path is known elsewhere. */
    static String nameOf(String placeholder, String path) {
        var owner = idOf(path.replaceAll("/\\{" + placeholder + "}.*", ""));
        return placeholder.equals("id") || owner.equals(placeholder + "Id") ? owner : placeholder;
    }

    /** {@code /api/depot/shopping-lists} has a {@code shoppingListId}. */
    private static String idOf(String path) {
        var last = path.replaceAll(".*/", "").replaceAll("s$", "");
        var camel = Pattern.compile("-(.)").matcher(last).replaceAll(found -> found.group(1)
                .toUpperCase());
        return camel.isEmpty() ? "" : camel + "Id";
    }
}
