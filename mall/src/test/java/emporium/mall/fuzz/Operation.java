package emporium.mall.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One operation as the OpenAPI document describes it.
 *
 * @param body the schema of what it takes; null when it takes nothing
 * @param statuses what it says it may answer
 */
record Operation(String method, String path, List<Parameter> parameters, JsonNode body, Set<String> statuses) {

    /** @param in {@code path}, {@code query} or {@code header} */
    record Parameter(String name, String in, JsonNode schema) {}

    static List<Operation> all(JsonNode document) {
        var operations = new ArrayList<Operation>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation ->
                        operations.add(of(operation.getKey(), path.getKey(), operation.getValue(), document))));
        return List.copyOf(operations);
    }

    private static Operation of(String method, String path, JsonNode described, JsonNode document) {
        var parameters = new ArrayList<Parameter>();
        for (var parameter : described.path("parameters")) {
            parameters.add(new Parameter(
                    parameter.get("name").textValue(),
                    parameter.get("in").textValue(),
                    resolved(parameter.get("schema"), document)));
        }
        var body = described.at("/requestBody/content/application~1json/schema");
        var statuses = new TreeSet<String>();
        described.path("responses").fieldNames().forEachRemaining(statuses::add);
        return new Operation(
                method.toUpperCase(),
                path,
                parameters,
                body.isMissingNode() ? null : resolved(body, document),
                statuses);
    }

    /** The schema with all that it refers to put in its place. */
    private static JsonNode resolved(JsonNode schema, JsonNode document) {
        if (schema.has("$ref")) {
            return resolved(document.at(schema.get("$ref").textValue().substring(1)), document);
        }
        var copy = schema.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(resolved(field.getValue(), document)));
        }
        return copy;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
