package emporium.e2e;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What k8s holds is what Kubernetes takes, fits together, and fits the applications. */
class ManifestsTest {

    private static final Path K8S = RunningMall.HOME.resolve("k8s");
    private static final Path PICTURE = RunningMall.HOME.resolve("docs/architecture.md");
    private static final Map<String, String> YAML = new ConcurrentHashMap<>();
    private static final Pattern ARROW = Pattern.compile("(?m)^(\\S.*\\S) +─▶ +(.+)$");

    @Test
    void every_overlay_is_looked_at() throws IOException {
        try (var files = Files.list(K8S)) {
            var overlays = files.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .collect(toSet());
            assertEquals(Set.of("base", "dev", "native", "prod"), overlays);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "native", "prod"})
    void an_overlay_is_what_kubernetes_takes_and_fits_together(String overlay) {
        assertEquals(List.of(), findings(yaml(overlay)));
    }

    /** Each check notices what it is there for: what is replaced in an overlay, by what, and what must be found. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    dev  | readOnlyRootFilesystem: true          | readOnlyRoot: true                      | field `readOnlyRoot`
                    dev  | containerPort: 8080                   | containerPort: http                     | http
                    dev  | kind: StatefulSet                     | kind: Stateful                          | has no such kind
                    prod | apiVersion: policy/v1                 | apiVersion: policy/v1beta1              | has no such kind
                    prod | minSyncReplicas: 1                    | leastSyncReplicas: 1                    | leastSyncReplicas is unknown
                    prod | instances: 3                          | instances: three                        | spec.instances is no number
                    dev  | selector:;;    app.kubernetes.io/name: baskets | selector:;;    app.kubernetes.io/name: bask | Service/baskets selects 0
                    dev  | name: nats;;  serviceName:            | name: natz;;  serviceName:              | StatefulSet/nats does not select
                    prod | topologyKey: kubernetes.io/hostname   | topologyKey: topology.kubernetes.io/host | knows no topology
                    dev  | targetPort: http                      | targetPort: https                       | the port https
                    dev  | targetPort: nats                      | targetPort: 4223                        | the port 4223
                    dev  | port: monitor                         | port: 8223                              | at its port 8223
                    prod | name: gateway;;            port:      | name: gateways;;            port:       | leads to no Service
                    prod | - gateway;;                           | - gate;;                                | does not read gateway
                    prod | maxUnavailable: 1;;  selector:;;    matchLabels:;;      app.kubernetes.io/name: baskets | maxUnavailable: 1;;  selector:;;    matchLabels:;;      app.kubernetes.io/name: bask | PodDisruptionBudget/baskets
                    prod | kind: Deployment;;    name: baskets   | kind: Deployment;;    name: bask        | HorizontalPodAutoscaler/baskets scales nothing
                    prod | name: messaging_waiting               | name: messaging_missing                 | goes by messaging_missing
                    prod | kind: Service;;        name: baskets | kind: Service;;        name: bask      | HorizontalPodAutoscaler/baskets measures nothing
                    dev  | key: address                          | key: host                               | wants the ConfigMap
                    dev  | name: baskets-database-               | name: basket-database-                  | wants the Secret
                    prod | secretName: mall-tls                  | secretName: tls                         | wants the Secret tls
                    dev  | serviceAccountName: emporium          | serviceAccountName: mall                | wants the ServiceAccount mall
                    dev  | mountPath: /tmp;;          name: tmp  | mountPath: /tmp;;          name: temp   | wants the volume temp
                    dev  | EMPORIUM_NATS_SERVERS                 | EMPORIUM_NATS_SERVER                    | is told EMPORIUM_NATS_SERVER
                    dev  | QUARKUS_SHUTDOWN_DELAY                | QUARKUS_SHUTDOWN_PAUSE                  | is told QUARKUS_SHUTDOWN_PAUSE
                    dev  | $(POSTGRES_ADDRESS)                   | $(POSTGRES_HOST)                        | POSTGRES_ADDRESS
                    dev  | image: emporium/baskets               | image: emporium/basket                  | emporium/basket
                    dev  | image: nats:                          | image: natz:                            | natz:
                    dev  | path: /q/health/started               | path: /q/health/begun                   | /q/health/begun
                    dev  | terminationGracePeriodSeconds: 45     | terminationGracePeriodSeconds: 20       | is killed after 20 s
                    dev  | JDBC_MAX_SIZE: "12"                   | JDBC_MAX_SIZE: "14"                     | up to 252 connections
                    prod | maxReplicas: 6                        | maxReplicas: 9                          | up to 396 connections
                    dev  | -Xmx160m                              | -Xmx360m                                | 360 MB of heap
                    """)
    void what_does_not_fit_is_found(String overlay, String from, String to, String finding) {
        var yaml = yaml(overlay);
        var broken = yaml.replaceFirst(Pattern.quote(lines(from)), Matcher.quoteReplacement(lines(to)));
        assertTrue(!broken.equals(yaml), "nothing to break: " + from);
        var findings = findings(broken);
        assertTrue(findings.stream().anyMatch(found -> found.contains(finding)), () -> from + ": " + findings);
    }

    @Test
    void the_network_lets_through_what_the_architecture_shows_and_nothing_else() throws IOException {
        var arrows = new NetworkArrows(Manifests.parse(yaml("prod")));
        assertEquals(List.of(), arrows.findings().toList());
        assertEquals(String.join("\n", pictured()), String.join("\n", arrows.all()));
    }

    @Test
    void a_policy_less_or_more_is_noticed() throws IOException {
        var all = Manifests.parse(yaml("prod"));
        for (var policy : all.all("NetworkPolicy").toList()) {
            var less = all.objects().stream().filter(object -> object != policy).toList();
            assertTrue(differs(less), "without " + Manifests.title(policy));
        }
        var open = Manifests.parse("""
                {kind: NetworkPolicy, spec: {podSelector: {}, policyTypes: [Ingress],
                  ingress: [{from: [{podSelector: {}}], ports: [{port: 8080}]}]}}""");
        assertTrue(differs(
                Stream.of(all, open).flatMap(some -> some.objects().stream()).toList()));
    }

    private static boolean differs(List<JsonNode> objects) throws IOException {
        var arrows = new NetworkArrows(new Manifests(objects));
        return arrows.findings().findAny().isPresent() || !arrows.all().equals(pictured());
    }

    private static Set<String> pictured() throws IOException {
        var picture = ARROW.matcher(Files.readString(PICTURE)).results().toList();
        var services = new TreeSet<>(RunningMall.services());
        var everything = new TreeSet<>(services);
        everything.add("gateway");
        var groups = Map.of("services", services, "applications", everything);
        var arrows = new TreeSet<String>();
        picture.forEach(line -> ends(line.group(1), groups)
                .forEach(from -> ends(line.group(2), groups).forEach(to -> arrows.add(from + " → " + to))));
        return arrows;
    }

    private static Stream<String> ends(String names, Map<String, TreeSet<String>> groups) {
        return Arrays.stream(names.split(", *"))
                .map(String::strip)
                .flatMap(name -> groups.containsKey(name) ? groups.get(name).stream() : Stream.of(name));
    }

    private static List<String> findings(String yaml) {
        return new ManifestChecks(Manifests.parse(yaml)).findings().toList();
    }

    private static String yaml(String overlay) {
        return YAML.computeIfAbsent(overlay, Manifests::yamlOf);
    }

    /** The table above writes a new line as two semicolons. */
    private static String lines(String text) {
        return text.replace(";;", "\n");
    }
}
