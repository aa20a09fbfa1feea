package emporium.e2e;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import emporium.e2e.Manifests.Pods;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether what objects say of each other meets: selectors, ports, targets, names of settings and secrets. */
record ManifestReferences(Manifests manifests, Set<String> givenSecrets) {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    Stream<String> findings() {
        return Stream.of(workloads(), services(), ingresses(), monitors(), budgets(), scalers(), names())
                .flatMap(found -> found);
    }

    private Stream<String> workloads() {
        var labelled = Stream.of("Deployment", "StatefulSet")
                .flatMap(manifests::all)
                .filter(object -> !selects(object.at("/spec/selector"), Manifests.name(object)))
                .map(object -> Manifests.title(object) + " does not select its own pods alone");
        var spread = manifests.pods().stream().flatMap(pods -> Stream.concat(
                        pods.spec().findParents("topologyKey").stream(), Stream.<JsonNode>empty())
                .filter(term -> !selects(term.path("labelSelector"), pods.name()))
                .map(term -> pods.name() + " keeps away from others than itself"));
        var probed = manifests.pods().stream().flatMap(pods -> pods.spec().findValues("port").stream()
                .filter(port -> !hasPort(pods, port))
                .map(port -> pods.name() + " is asked at its port " + port.asText() + ", which it has not"));
        return Stream.of(labelled, spread, probed).flatMap(found -> found);
    }

    private boolean selects(JsonNode selector, String name) {
        return manifests.selectedBy(selector).stream().map(Pods::name).toList().equals(List.of(name));
    }

    private Stream<String> services() {
        return manifests.all("Service").flatMap(service -> {
            var selected = manifests.selectedBy(service.at("/spec/selector"));
            if (selected.size() != 1) {
                return Stream.of(Manifests.title(service) + " selects " + selected.size() + " kinds of pods");
            }
            return Manifests.elements(service.at("/spec/ports"))
                    .map(port -> port.has("targetPort") ? port.path("targetPort") : port.path("port"))
                    .filter(port -> !hasPort(selected.getFirst(), port))
                    .map(port -> Manifests.title(service) + " leads to the port " + port.asText()
                            + ", which its pods have not");
        });
    }

    static boolean hasPort(Pods pods, JsonNode port) {
        return NUMBER.matcher(port.asText()).matches()
                ? pods.ports().containsValue(port.asInt())
                : pods.ports().containsKey(port.asText());
    }

    private Stream<String> ingresses() {
        return manifests.all("Ingress").flatMap(ingress -> ingress.findValues("service").stream()
                .filter(backend -> manifests
                        .named("Service", backend.path("name").asText())
                        .filter(service -> hasServicePort(service, backend.path("port")))
                        .isEmpty())
                .map(backend -> Manifests.title(ingress) + " leads to no Service: " + backend));
    }

    private static boolean hasServicePort(JsonNode service, JsonNode port) {
        return Manifests.elements(service.at("/spec/ports"))
                .anyMatch(own -> port.has("name")
                        ? own.path("name").equals(port.path("name"))
                        : own.path("port").equals(port.path("number")));
    }

    private Stream<String> monitors() {
        return manifests.all("ServiceMonitor").flatMap(monitor -> {
            var services = manifests
                    .all("Service")
                    .filter(service -> Manifests.matches(
                            monitor.at("/spec/selector"), Manifests.texts(service.at("/metadata/labels"))))
                    .toList();
            var applications = manifests.pods().stream()
                    .filter(Pods::isApplication)
                    .map(Pods::name)
                    .collect(toSet());
            var missed = new HashSet<>(applications);
            services.forEach(service -> missed.remove(Manifests.name(service)));
            return Stream.concat(
                    missed.stream().map(name -> Manifests.title(monitor) + " does not read " + name),
                    Manifests.elements(monitor.at("/spec/endpoints"))
                            .filter(endpoint -> !services.stream().allMatch(service -> service.findValuesAsText("name")
                                    .contains(endpoint.path("port").asText())))
                            .map(endpoint -> Manifests.title(monitor) + " reads a port that not all have"));
        });
    }

    private Stream<String> budgets() {
        return manifests
                .all("PodDisruptionBudget")
                .filter(budget -> !selects(budget.at("/spec/selector"), Manifests.name(budget)))
                .map(budget -> Manifests.title(budget) + " does not protect the pods of its name");
    }

    private Stream<String> scalers() {
        return manifests.all("HorizontalPodAutoscaler").flatMap(scaler -> {
            var target = scaler.at("/spec/scaleTargetRef");
            var scaled = manifests.named(
                    target.path("kind").asText(), target.path("name").asText());
            if (scaled.isEmpty()) {
                return Stream.of(Manifests.title(scaler) + " scales nothing");
            }
            var measured = scaler.findValues("describedObject").stream()
                    .map(object -> manifests.named(
                            object.path("kind").asText(), object.path("name").asText()));
            if (measured.anyMatch(Optional::isEmpty)) {
                return Stream.of(Manifests.title(scaler) + " measures nothing");
            }
            // Else each apply would take back what the scaler has done.
            return scaled.get().path("spec").has("replicas")
                    ? Stream.of(Manifests.title(scaler) + " scales what tells its replicas itself")
                    : Stream.empty();
        });
    }

    /** Everything that is told by its name. */
    private Stream<String> names() {
        return manifests.objects().stream().flatMap(object -> Stream.of(
                        keys(object, "configMapKeyRef", "ConfigMap"),
                        keys(object, "secretKeyRef", "Secret"),
                        named(object, "configMapRef", "ConfigMap"),
                        named(object, "configMap", "ConfigMap"),
                        named(object, "passwordSecret", "Secret"),
                        texts(object, "secretName", "Secret"),
                        texts(object, "serviceAccountName", "ServiceAccount"),
                        volumes(object),
                        object.at("/spec/cluster/name").isTextual()
                                ? texts(object.at("/spec/cluster"), "name", "Cluster")
                                : Stream.<String>empty())
                .flatMap(missing -> missing)
                .map(missing -> Manifests.title(object) + " wants " + missing));
    }

    private Stream<String> keys(JsonNode object, String field, String kind) {
        return object.findValues(field).stream()
                .filter(reference -> !has(
                        kind,
                        reference.path("name").asText(),
                        reference.path("key").asText()))
                .map(reference -> "the " + kind + " " + reference);
    }

    private boolean has(String kind, String name, String key) {
        return kind.equals("Secret") && givenSecrets.contains(name)
                || manifests
                        .named(kind, name)
                        .filter(object -> object.path("data").has(key)
                                || object.path("stringData").has(key))
                        .isPresent();
    }

    private Stream<String> named(JsonNode object, String field, String kind) {
        return object.findValues(field).stream()
                .flatMap(reference -> missing(kind, reference.path("name").asText()));
    }

    private Stream<String> texts(JsonNode object, String field, String kind) {
        return object.findValuesAsText(field).stream().flatMap(name -> missing(kind, name));
    }

    private Stream<String> missing(String kind, String name) {
        var isThere = kind.equals("Secret") && givenSecrets.contains(name)
                || manifests.named(kind, name).isPresent();
        return isThere ? Stream.empty() : Stream.of("the " + kind + " " + name);
    }

    private static Stream<String> volumes(JsonNode object) {
        var volumes = Stream.of("/spec/template/spec/volumes", "/spec/volumeClaimTemplates")
                .flatMap(path -> Manifests.elements(object.at(path)))
                .map(volume -> volume.has("name") ? volume.path("name").asText() : Manifests.name(volume))
                .collect(toSet());
        return object.at("/spec/template/spec/containers").findParents("mountPath").stream()
                .map(mount -> mount.path("name").asText())
                .filter(name -> !volumes.contains(name))
                .map(name -> "the volume " + name);
    }

    /** What a container is told by its environment, with the values of plain texts and ConfigMaps. */
    Map<String, String> environment(Pods pods) {
        var environment = new TreeMap<String, String>();
        Manifests.elements(pods.container().path("envFrom"))
                .map(from -> from.at("/configMapRef/name").asText())
                .flatMap(name -> manifests.named("ConfigMap", name).stream())
                .forEach(map -> environment.putAll(Manifests.texts(map.path("data"))));
        Manifests.elements(pods.container().path("env"))
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        return environment;
    }
}
