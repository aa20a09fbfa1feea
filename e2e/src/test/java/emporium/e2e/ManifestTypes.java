package emporium.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * Whether objects are what the Kubernetes API takes: no unknown, missing or wrongly typed field. Custom resources may
 * have the fields that {@code custom-resources.yaml} tells.
 */
final class ManifestTypes {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";
    private static final Map<String, String> VERSIONS = Map.ofEntries(
            Map.entry("ConfigMap", "v1"),
            Map.entry("Namespace", "v1"),
            Map.entry("Secret", "v1"),
            Map.entry("Service", "v1"),
            Map.entry("ServiceAccount", "v1"),
            Map.entry("Deployment", "apps/v1"),
            Map.entry("StatefulSet", "apps/v1"),
            Map.entry("HorizontalPodAutoscaler", "autoscaling/v2"),
            Map.entry("PodDisruptionBudget", "policy/v1"),
            Map.entry("Ingress", "networking.k8s.io/v1"),
            Map.entry("NetworkPolicy", "networking.k8s.io/v1"));
    private static final Map<String, Map<String, Object>> CUSTOM = customResources();

    private ManifestTypes() {}

    static Stream<String> findings(JsonNode object) {
        var version = object.path("apiVersion").asText();
        var kind = object.path("kind").asText();
        var custom = CUSTOM.get(version + " " + kind);
        if (custom != null) {
            return unknown(object.path("spec"), custom, Manifests.title(object) + " spec");
        }
        if (!version.equals(VERSIONS.get(kind))) {
            return Stream.of(Manifests.title(object) + ": " + version + " has no such kind");
        }
        return problem(object, kind, version).map(problem -> Manifests.title(object) + ": " + problem);
    }

    private static Stream<String> problem(JsonNode object, String kind, String version) {
        var prefix = version.substring(version.indexOf('/') + 1).toUpperCase();
        var json = JsonParser.parseString(object.toString());
        try {
            var model = Class.forName(MODELS + prefix + kind);
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            JSON.getGson().fromJson(json, model);
            return Stream.empty();
        } catch (InvocationTargetException e) {
            return Stream.of(e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no generated model for " + kind, e);
        } catch (RuntimeException e) {
            return Stream.of(String.valueOf(e.getMessage()));
        }
    }

    private static Stream<String> unknown(JsonNode value, Object allowed, String path) {
        return switch (allowed) {
            case Map<?, ?> fields
            when value.isObject() ->
                Stream.concat(
                        names(value).stream()
                                .filter(name -> !fields.containsKey(name))
                                .map(name -> path + "." + name + " is unknown"),
                        names(value).stream()
                                .filter(fields::containsKey)
                                .flatMap(name -> unknown(value.get(name), fields.get(name), path + "." + name)));
            case Iterable<?> elements
            when value.isArray() ->
                Manifests.elements(value)
                        .flatMap(element -> unknown(element, elements.iterator().next(), path + "[]"));
            case String type when type.equals(typeOf(value)) -> Stream.empty();
            default -> Stream.of(path + " is no " + allowed);
        };
    }

    private static Set<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case OBJECT -> "texts";
            default -> "other";
        };
    }

    private static Map<String, Map<String, Object>> customResources() {
        return new Yaml().load(ManifestTypes.class.getResourceAsStream("/custom-resources.yaml"));
    }
}
