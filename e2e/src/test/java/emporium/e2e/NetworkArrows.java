package emporium.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import emporium.e2e.Manifests.Pods;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who reaches whom by the NetworkPolicies, as lines like {@code gateway → depot}. */
record NetworkArrows(Manifests manifests) {

    private static final String NAMESPACE = "kubernetes.io/metadata.name";

    /** Between pods, from and to other namespaces, and from pods to ports anywhere. */
    Set<String> all() {
        var arrows = new TreeSet<String>();
        for (var pods : manifests.pods()) {
            for (var other : manifests.pods()) {
                if (mayMeet(pods, other)) {
                    arrows.add(pods.name() + " → " + other.name());
                }
            }
            var served = rules(pods, "ingress", "from")
                    .filter(rule -> !ports(Stream.of(rule), pods).isEmpty());
            namespaces(served, "from").forEach(namespace -> arrows.add(namespace + " → " + pods.name()));
            namespaces(rules(pods, "egress", "to"), "to")
                    .forEach(namespace -> arrows.add(pods.name() + " → " + namespace));
            rules(pods, "egress", "to")
                    .filter(rule -> !rule.has("to"))
                    .flatMap(rule -> Manifests.elements(rule.path("ports")))
                    .forEach(port -> arrows.add(
                            pods.name() + " → port " + port.path("port").asText()));
        }
        return arrows;
    }

    /** Pods that no policy speaks of are open to everybody; an arrow that only one end allows leads nowhere. */
    Stream<String> findings() {
        var open = manifests.pods().stream().flatMap(pods -> Stream.of("Ingress", "Egress")
                .filter(direction -> policies(pods)
                        .noneMatch(policy ->
                                policy.at("/spec/policyTypes").toString().contains(direction)))
                .map(direction -> "no policy tells the " + direction + " of " + pods.name()));
        var oneSided = manifests.pods().stream().flatMap(pods -> manifests.pods().stream()
                .filter(other -> sends(pods, other) != lets(other, pods) || sends(pods, other) && !mayMeet(pods, other))
                .map(other -> "only one end allows " + pods.name() + " → " + other.name()));
        return Stream.concat(open, oneSided);
    }

    private boolean mayMeet(Pods pods, Pods other) {
        var sent = ports(rules(pods, "egress", "to").filter(reaches(other, "to")), other);
        return ports(rules(other, "ingress", "from").filter(reaches(pods, "from")), other).stream()
                .anyMatch(sent::contains);
    }

    private boolean sends(Pods pods, Pods other) {
        return rules(pods, "egress", "to").anyMatch(reaches(other, "to"));
    }

    private boolean lets(Pods pods, Pods other) {
        return rules(pods, "ingress", "from").anyMatch(reaches(other, "from"));
    }

    private Stream<JsonNode> policies(Pods pods) {
        return manifests
                .all("NetworkPolicy")
                .filter(policy -> Manifests.matches(policy.at("/spec/podSelector"), pods.labels()));
    }

    private Stream<JsonNode> rules(Pods pods, String direction, String peers) {
        return policies(pods).flatMap(policy -> Manifests.elements(policy.at("/spec/" + direction)));
    }

    private static Predicate<JsonNode> reaches(Pods other, String peers) {
        return rule -> Manifests.elements(rule.path(peers))
                .filter(peer -> !peer.has("namespaceSelector"))
                .anyMatch(peer -> Manifests.matches(peer.path("podSelector"), other.labels()));
    }

    /** By number, those of their names in the pods that are reached. */
    private static Set<Integer> ports(Stream<JsonNode> rules, Pods reached) {
        return rules.flatMap(rule -> Manifests.elements(rule.path("ports")))
                .map(port -> port.path("port"))
                .map(port -> port.isNumber() ? port.asInt() : reached.ports().getOrDefault(port.asText(), -1))
                .filter(reached.ports()::containsValue)
                .collect(Collectors.toSet());
    }

    private static Stream<String> namespaces(Stream<JsonNode> rules, String peers) {
        return rules.flatMap(rule -> Manifests.elements(rule.path(peers)))
                .filter(peer -> peer.has("namespaceSelector"))
                .map(peer -> "namespace "
                        + peer.at("/namespaceSelector/matchLabels")
                                .path(NAMESPACE)
                                .asText());
    }
}
