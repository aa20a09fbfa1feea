package emporium.e2e;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.infra.Kubectl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The Kubernetes objects of one overlay, and what is found by their labels and names. */
record Manifests(List<JsonNode> objects) {

    /** Pods that are all alike, under the name of what makes them; PostgreSQL's are CloudNativePG's own. */
    record Pods(String name, Map<String, String> labels, JsonNode spec, Map<String, Integer> ports) {

        boolean isApplication() {
            return image().startsWith("emporium/");
        }

        String image() {
            return container().path("image").asText();
        }

        JsonNode container() {
            return spec.at("/containers/0");
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> MAKE_PODS = Set.of("Deployment", "StatefulSet");

    static String yamlOf(String overlay) {
        return Kubectl.find().kustomize(RunningMall.HOME.resolve(Path.of("k8s", overlay)));
    }

    static Manifests parse(String yaml) {
        var objects = new ArrayList<JsonNode>();
        new Yaml().loadAll(yaml).forEach(object -> objects.add(JSON.valueToTree(object)));
        return new Manifests(objects);
    }

    Stream<JsonNode> all(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    Optional<JsonNode> named(String kind, String name) {
        return all(kind).filter(object -> name(object).equals(name)).findFirst();
    }

    List<Pods> pods() {
        var made = objects.stream()
                .filter(object -> MAKE_PODS.contains(object.path("kind").asText()))
                .map(object -> pods(name(object), object.at("/spec/template")));
        var postgres = all("Cluster").map(Manifests::postgres);
        return Stream.concat(made, postgres).toList();
    }

    private static Pods pods(String name, JsonNode template) {
        var spec = template.path("spec");
        var ports = elements(spec.at("/containers/0/ports"))
                .collect(toMap(port -> port.path("name").asText(), port -> port.path("containerPort")
                        .asInt()));
        return new Pods(name, texts(template.at("/metadata/labels")), spec, ports);
    }

    /** What CloudNativePG's documentation promises of the pods of a Cluster. */
    private static Pods postgres(JsonNode cluster) {
        var ports = Map.of("postgresql", 5432, "metrics", 9187, "status", 8000);
        return new Pods(name(cluster), Map.of("cnpg.io/cluster", name(cluster)), JSON.createObjectNode(), ports);
    }

    List<Pods> selectedBy(JsonNode selector) {
        return pods().stream().filter(pods -> matches(selector, pods.labels())).toList();
    }

    /** Both forms of a selector, and a Service's, which is bare labels. An empty one matches everything. */
    static boolean matches(JsonNode selector, Map<String, String> labels) {
        var isStructured = selector.has("matchLabels") || selector.has("matchExpressions");
        var plain = isStructured ? selector.path("matchLabels") : selector;
        return texts(plain).entrySet().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
                && elements(selector.path("matchExpressions")).allMatch(expression -> elements(
                                expression.path("values"))
                        .anyMatch(value -> value.asText()
                                .equals(labels.get(expression.path("key").asText()))));
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String title(JsonNode object) {
        return object.path("kind").asText() + "/" + name(object);
    }

    static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    static Map<String, String> texts(JsonNode object) {
        return object.properties().stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().asText()));
    }
}
