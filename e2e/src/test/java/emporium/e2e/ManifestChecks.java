package emporium.e2e;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.e2e.Manifests.Pods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.yaml.snakeyaml.Yaml;

/** All that can be wrong with an overlay, without a cluster. */
record ManifestChecks(Manifests manifests) {

    private static final Path HOME = RunningMall.HOME;
    private static final Pattern REFERENCE = Pattern.compile("\\$\\((\\w+)\\)");
    private static final Set<String> TOPOLOGIES = Set.of("kubernetes.io/hostname", "topology.kubernetes.io/zone");
    private static final int SECONDS_TO_DRAIN = 15;
    /** By PostgreSQL for its superuser, and for those who look after it. */
    private static final int KEPT_BACK = 10;

    static final Set<String> HEALTH = Set.of("/q/health/live", "/q/health/ready", "/q/health/started");
    private static final String CONFIG_MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final Map<Path, Set<String>> OF_QUARKUS = new ConcurrentHashMap<>();

    Stream<String> findings() {
        var references = new ManifestReferences(manifests, givenSecrets());
        return Stream.of(
                        manifests.objects().stream().flatMap(ManifestTypes::findings),
                        references.findings(),
                        applications().flatMap(pods -> settings(pods, references.environment(pods))),
                        applications().flatMap(pods -> limits(pods, references.environment(pods))),
                        applications().flatMap(ManifestChecks::probes),
                        manifests.pods().stream().flatMap(ManifestChecks::images),
                        topologies(),
                        connections(references),
                        metrics())
                .flatMap(found -> found);
    }

    private Stream<Pods> applications() {
        return manifests.pods().stream().filter(Pods::isApplication);
    }

    /** Where PostgreSQL is looked after by its operator, a shop makes its own Secrets. */
    private Set<String> givenSecrets() {
        var given = new HashSet<String>();
        if (manifests.all("Cluster").findAny().isPresent()) {
            RunningMall.services().forEach(service -> given.add(service + "-database"));
            given.addAll(Set.of("smtp", "mall-tls"));
        }
        return given;
    }

    private static Stream<String> settings(Pods pods, Map<String, String> environment) {
        var module = HOME.resolve(module(pods.name()));
        var known = new HashSet<>(Variables.readBy(module));
        known.addAll(Variables.readBy(HOME.resolve("messaging")));
        known.addAll(ofQuarkus(module));
        known.add("JAVA_TOOL_OPTIONS");
        var used = environment.values().stream()
                .flatMap(value -> REFERENCE.matcher(value).results().map(name -> name.group(1)))
                .collect(toSet());
        return Stream.concat(
                environment.keySet().stream()
                        .filter(name -> !known.contains(name) && !used.contains(name))
                        .map(name -> pods.name() + " is told " + name + ", which it does not read"),
                used.stream()
                        .filter(name -> !environment.containsKey(name))
                        .map(name -> pods.name() + " does not know " + name));
    }

    /** What the Quarkus extensions in the built application read when it starts. */
    private static Set<String> ofQuarkus(Path module) {
        return OF_QUARKUS.computeIfAbsent(module.resolve("target/quarkus-app/lib/main"), libraries -> {
            try (var jars = Files.newDirectoryStream(libraries, "io.quarkus.*.jar")) {
                var variables = new HashSet<String>();
                for (var jar : jars) {
                    variables.addAll(runTimeVariables(jar));
                }
                return variables;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Set<String> runTimeVariables(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var model = zip.getEntry(CONFIG_MODEL);
            if (model == null) {
                return Set.of();
            }
            return new ObjectMapper()
                    .readTree(zip.getInputStream(model)).findParents("environmentVariable").stream()
                            .map(path -> path.path("environmentVariable").asText())
                            .collect(toSet());
        }
    }

    private static Stream<String> limits(Pods pods, Map<String, String> environment) {
        var grace = pods.spec().path("terminationGracePeriodSeconds").asInt(30);
        var drain = number(environment.getOrDefault("QUARKUS_SHUTDOWN_DELAY", "0s"), "(\\d+)s")
                + requestSeconds(pods)
                + SECONDS_TO_DRAIN;
        var heap = number(
                pods.container().path("args") + environment.getOrDefault("JAVA_TOOL_OPTIONS", ""), "-Xmx(\\d+)m");
        var limit = number(pods.container().at("/resources/limits/memory").asText(), "(\\d+)Mi");
        // Besides its heap a JVM needs about as much again, up to 150 MB, for classes, compiled code and threads.
        return Stream.of(
                        grace < drain ? pods.name() + " is killed after " + grace + " s, but may need " + drain : "",
                        heap == 0 || heap + Math.min(heap, 150) > limit
                                ? pods.name() + " has " + heap + " MB of heap within " + limit
                                : "")
                .filter(found -> !found.isEmpty());
    }

    /** All replicas that an autoscaler may make, and the one more of a rolling restart, find room at PostgreSQL. */
    private Stream<String> connections(ManifestReferences references) {
        var wanted = applications()
                .mapToInt(pods -> (replicas(pods) + 1)
                        * number(
                                references.environment(pods).getOrDefault("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", ""),
                                "(\\d+)"))
                .sum();
        var given = number(manifests.objects().toString(), "max_connections\\W{1,3}(\\d+)") - KEPT_BACK;
        return wanted <= given
                ? Stream.empty()
                : Stream.of("up to " + wanted + " connections are wanted of PostgreSQL, which gives " + given);
    }

    private int replicas(Pods pods) {
        return manifests
                .named("HorizontalPodAutoscaler", pods.name())
                .map(scaler -> scaler.at("/spec/maxReplicas").asInt())
                .orElse(1);
    }

    private static int requestSeconds(Pods pods) {
        var gateway = pods.name().equals("gateway");
        var file = gateway
                ? "gateway/src/main/resources/application.properties"
                : "rest/src/main/resources/META-INF/microprofile-config.properties";
        try {
            return number(Files.readString(HOME.resolve(file)), "quarkus\\.shutdown\\.timeout=(\\d+)s");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(String text, String pattern) {
        var number = Pattern.compile(pattern).matcher(text);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    /** {@link ServicesTest} asks each for them. */
    private static Stream<String> probes(Pods pods) {
        var probes = Stream.of("startupProbe", "livenessProbe", "readinessProbe");
        return probes.map(probe ->
                        pods.container().at("/" + probe + "/httpGet/path").asText())
                .filter(path -> !HEALTH.contains(path))
                .map(path -> pods.name() + " is asked for " + path + ", which it does not answer");
    }

    private static Stream<String> images(Pods pods) {
        if (pods.image().isEmpty()) {
            return Stream.empty();
        }
        var image = pods.image().replaceFirst("^(emporium/\\w+):native$", "$1");
        var named = compose()
                .path("services")
                .path(pods.name())
                .path("image")
                .asText()
                .replace(":${EMPORIUM_TAG:-latest}", "");
        return image.equals(named)
                ? Stream.empty()
                : Stream.of(pods.name() + " runs " + pods.image() + ", in docker-compose.yml it is " + named);
    }

    private static JsonNode compose() {
        try {
            return new ObjectMapper()
                    .valueToTree(new Yaml().load(Files.readString(HOME.resolve("docker-compose.yml"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String module(String application) {
        return switch (application) {
            case "gateway" -> "gateway";
            case "orchestrator" -> "orchestrator/app";
            default -> "services/" + application;
        };
    }

    private Stream<String> topologies() {
        return manifests.objects().stream().flatMap(object -> object.findValuesAsText("topologyKey").stream()
                .filter(key -> !TOPOLOGIES.contains(key))
                .map(key -> Manifests.title(object) + " knows no topology " + key));
    }

    /** What an autoscaler goes by must be metered, and metrics are read only where there are some. */
    private Stream<String> metrics() {
        var scaled = manifests.all("HorizontalPodAutoscaler").flatMap(scaler -> scaler.findValues("metric").stream()
                .map(metric -> metric.path("name").asText())
                .filter(name -> !isMetered(name))
                .map(name -> Manifests.title(scaler) + " goes by " + name + ", which nobody meters"));
        var read = manifests.all("ServiceMonitor").findAny().isEmpty()
                ? Stream.<String>empty()
                : applications()
                        .filter(pods -> !hasMetrics(HOME.resolve(module(pods.name()))))
                        .map(pods -> pods.name() + " has no metrics to be read");
        return Stream.concat(scaled, read);
    }

    private static boolean isMetered(String name) {
        try (var sources = Files.walk(HOME.resolve("messaging/src/main/java"))) {
            var meter = "\"" + name.replace('_', '.') + "\"";
            return sources.filter(Files::isRegularFile)
                    .anyMatch(source -> text(source).contains(meter));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasMetrics(Path module) {
        var libraries = module.resolve("target/quarkus-app/lib/main").toFile().list();
        return libraries != null
                && Stream.of(libraries).anyMatch(jar -> jar.contains("quarkus-micrometer-registry-prometheus"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
