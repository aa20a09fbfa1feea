package emporium.mall.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A request that is being made: begun as the operation wants it, for faults to be put in. */
final class Draft {

    final Operation operation;
    final Random random;
    final List<String> query = new ArrayList<>();
    final Map<String, String> headers = new LinkedHashMap<>();
    String method;
    String path;
    JsonNode json;
    byte[] body;

    Draft(Operation operation, GoodValues good, KnownValues known, Random random) {
        this.operation = operation;
        this.random = random;
        method = operation.method();
        path = operation.path();
        operation.parameters().forEach(parameter -> set(parameter, good));
        if (operation.body() != null) {
            json = good.of("", operation.body());
            headers.put("Content-Type", "application/json");
        }
    }

    private void set(Operation.Parameter parameter, GoodValues good) {
        switch (parameter.in()) {
            case "path" -> {
                var value = good.of(KnownValues.nameOf(parameter.name(), operation.path()), parameter.schema());
                path = path.replace("{" + parameter.name() + "}", encoded(value.asText()));
            }
            case "query" -> {
                if (random.nextInt(3) == 0) {
                    query.add(parameter.name() + "="
                            + encoded(good.of(parameter.name(), parameter.schema())
                                    .asText()));
                }
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    headers.put(parameter.name(), "key-" + random.nextInt(50));
                }
            }
        }
    }

    /** The path with one of its placeholders filled so, as it is to be on the wire. */
    void fill(String value) {
        var parameters = operation.parameters().stream()
                .filter(one -> one.in().equals("path"))
                .toList();
        if (parameters.isEmpty()) {
            path += "/" + value;
            return;
        }
        var wanted = "{" + BadValues.some(parameters, random).name() + "}";
        var is = path.split("/", -1);
        var template = operation.path().split("/", -1);
        for (int i = 0; i < template.length; i++) {
            is[i] = template[i].equals(wanted) ? value : is[i];
        }
        path = String.join("/", is);
    }

    RawRequest request() {
        if (body == null && json != null) {
            body = json.toString().getBytes(UTF_8);
        }
        var target = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        var written = headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList();
        return new RawRequest(
                method, onWire(target), written.stream().map(Draft::onWire).toList(), body);
    }

    /** Each byte of its UTF-8 as one character, which is how the wire has it. */
    private static String onWire(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }
}
