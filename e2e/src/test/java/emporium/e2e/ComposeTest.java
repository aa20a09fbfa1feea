package emporium.e2e;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml fits the applications: what is started, in which order, and with what it is told. */
class ComposeTest {

    private static final Path HOME = Path.of("").toAbsolutePath().getParent();

    private final Map<String, Map<String, Object>> containers = containers("docker-compose.yml");
    private final Map<String, Map<String, Object>> applications = containers.entrySet().stream()
            .filter(container -> container.getValue().containsKey("build"))
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));

    @Test
    void every_application_of_the_build_is_in_it() throws IOException {
        var modules = Pattern.compile("<module>(services/\\w+|orchestrator/app|gateway)</module>")
                .matcher(Files.readString(HOME.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .collect(toSet());
        var built = applications.values().stream().map(ComposeTest::module).collect(toSet());
        assertEquals(modules, built);
        var dockerfile = Files.readString(HOME.resolve("docker/Dockerfile"));
        var stage = Pattern.compile("-pl \\\\\\s+(\\S+)").matcher(dockerfile);
        assertTrue(stage.find());
        modules.add("mall");
        assertEquals(modules, Set.of(stage.group(1).split(",")));
    }

    @Test
    void each_service_goes_by_its_own_name_to_a_database_of_its_own() throws IOException {
        var script = Files.readString(HOME.resolve("docker/postgres/databases.sh"));
        var named = Pattern.compile("for service in ([^;]+);").matcher(script);
        assertTrue(named.find());
        assertEquals(services(), Set.of(named.group(1).split(" ")));
        var passwords = environment("postgres");
        for (var service : services()) {
            var own = environment(service);
            assertEquals("jdbc:postgresql://postgres:5432/emporium_" + service, own.get("QUARKUS_DATASOURCE_JDBC_URL"));
            assertEquals("emporium_" + service, own.get("QUARKUS_DATASOURCE_USERNAME"));
            assertEquals(
                    passwords.get(service.toUpperCase() + "_PASSWORD"),
                    own.get("QUARKUS_DATASOURCE_PASSWORD"),
                    service);
        }
    }

    @Test
    void the_gateway_finds_every_service_under_its_name() throws IOException {
        var properties = Files.readString(HOME.resolve("gateway/src/main/resources/application.properties"));
        var addresses = Pattern.compile("(?m)^emporium\\.gateway\\.services\\.\\w+\\.addresses=(\\w+):8080$")
                .matcher(properties)
                .results()
                .map(address -> address.group(1))
                .collect(toSet());
        assertEquals(services(), addresses);
        assertTrue(properties.contains("quarkus.http.port=8080"));
    }

    @Test
    void every_variable_is_one_that_the_application_reads() {
        for (var application : applications.keySet()) {
            var given = new TreeSet<>(environment(application).keySet());
            // The JVM's own.
            given.remove("JAVA_TOOL_OPTIONS");
            given.removeAll(Variables.readBy(HOME.resolve(module(applications.get(application)))));
            given.removeAll(Variables.readBy(HOME.resolve("messaging")));
            if (!application.equals("gateway")) {
                given.removeAll(Variables.readBy(HOME.resolve("rest")));
            }
            assertEquals(Set.of(), given, application);
        }
    }

    @Test
    void the_observability_profile_watches_every_application_and_changes_nothing_without_it() throws IOException {
        var watchers = containers.entrySet().stream()
                .filter(container -> container.getValue().containsKey("profiles"))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertEquals(Set.of("prometheus", "grafana", "jaeger"), watchers.keySet());
        watchers.values().forEach(watcher -> assertEquals(List.of("observability"), watcher.get("profiles")));
        mounted(watchers.values()).forEach(file -> assertTrue(Files.exists(HOME.resolve(file)), file));

        var scraped = Pattern.compile("- (\\w+):8080").matcher(text(HOME.resolve("observability/prometheus.yml")));
        assertEquals(
                applications.keySet(),
                scraped.results().map(target -> target.group(1)).collect(toSet()));

        var switches = Files.readString(HOME.resolve("observability/compose.env"));
        assertTrue(switches.contains("\nCOMPOSE_PROFILES=observability\n"));
        for (var application : applications.keySet()) {
            var given = environment(application);
            assertEquals("${EMPORIUM_NO_TRACES:-true}", given.get("QUARKUS_OTEL_SDK_DISABLED"), application);
            assertEquals("${EMPORIUM_JSON_LOGS:-false}", given.get("QUARKUS_LOG_CONSOLE_JSON_ENABLED"), application);
            assertEquals("http://jaeger:4317", given.get("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT"), application);
        }
        assertTrue(
                switches.contains("\nEMPORIUM_NO_TRACES=false\n") && switches.contains("\nEMPORIUM_JSON_LOGS=true\n"));
    }

    @Test
    void native_executables_take_the_place_of_every_jvm_and_change_nothing_when_they_are_not_wanted()
            throws IOException {
        var switches = new Properties();
        switches.load(new StringReader(text(HOME.resolve("docker/native.env"))));
        assertTrue(Files.exists(HOME.resolve("docker/" + switches.remove("EMPORIUM_DOCKERFILE"))));
        assertEquals("native", switches.remove("EMPORIUM_TAG"), "as in k8s/native");
        assertTrue(switches.remove("EMPORIUM_OPTIONS").toString().startsWith("-Xmx"));
        assertEquals(Set.of(), switches.keySet());
        applications.forEach((name, application) -> {
            assertEquals(
                    "docker/${EMPORIUM_DOCKERFILE:-Dockerfile}",
                    child(application, "build").get("dockerfile"));
            assertEquals("emporium/" + name + ":${EMPORIUM_TAG:-latest}", application.get("image"));
            assertEquals("${EMPORIUM_OPTIONS:-}", application.get("command"), name);
        });
    }

    @Test
    void the_tests_make_every_image_of_an_executable_that_was_built_before() throws IOException {
        var executables = containers("e2e/src/test/resources/executables.yml");
        assertEquals(applications.keySet(), executables.keySet());
        executables.forEach((name, application) ->
                assertEquals("built", child(child(application, "build"), "args").get("EXECUTABLE"), name));
        assertTrue(text(HOME.resolve("docker/Dockerfile.native")).contains("\nFROM scratch AS built\n"));
        var ignored = Files.readAllLines(HOME.resolve(".dockerignore"));
        assertTrue(Files.readAllLines(HOME.resolve("docker/Dockerfile.native.dockerignore"))
                .containsAll(ignored.subList(1, ignored.size())));
    }

    @Test
    void who_needs_another_waits_until_it_is_healthy() {
        for (var container : containers.entrySet()) {
            assertTrue(container.getValue().containsKey("healthcheck"), container.getKey());
            needed(container.getValue()).forEach((needed, how) -> {
                assertTrue(containers.containsKey(needed), needed);
                assertEquals(Map.of("condition", "service_healthy"), how, container.getKey());
            });
        }
        assertEquals(services(), needed(containers.get("gateway")).keySet());
        services()
                .forEach(service -> assertTrue(
                        needed(containers.get(service)).keySet().containsAll(Set.of("postgres", "nats")), service));
    }

    @Test
    void an_application_is_healthy_when_it_says_that_it_is_ready() {
        applications.forEach((name, application) -> {
            var test = child(application, "healthcheck").get("test").toString();
            assertTrue(test.contains("/dev/tcp/127.0.0.1/8080 ") && test.contains("GET /q/health/ready "), name);
        });
    }

    @Test
    void no_application_runs_as_root_or_writes_into_its_image() throws IOException {
        for (var dockerfile : List.of("docker/Dockerfile", "docker/Dockerfile.native")) {
            assertTrue(Files.readString(HOME.resolve(dockerfile)).contains("\nUSER 65534\n"), dockerfile);
        }
        applications.forEach((name, application) -> {
            assertEquals(true, application.get("read_only"), name);
            assertEquals(List.of("ALL"), application.get("cap_drop"), name);
        });
    }

    /** The files and folders of this repository that the containers see. */
    private static Set<String> mounted(Collection<Map<String, Object>> containers) {
        return containers.stream()
                .filter(container -> container.containsKey("volumes"))
                .flatMap(container -> ((List<?>) container.get("volumes")).stream())
                .map(volume -> volume.toString().split(":")[0])
                .filter(source -> source.startsWith("./"))
                .collect(toSet());
    }

    private Set<String> services() {
        var services = new HashSet<>(applications.keySet());
        services.remove("gateway");
        return services;
    }

    private Map<String, Object> environment(String container) {
        return child(containers.get(container), "environment");
    }

    private static String module(Map<String, Object> application) {
        return child(child(application, "build"), "args").get("MODULE").toString();
    }

    private static Map<String, Object> needed(Map<String, Object> container) {
        return container.containsKey("depends_on") ? child(container, "depends_on") : Map.of();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Map<String, Object>> containers(String path) {
        Map<String, Object> file = new Yaml().load(text(HOME.resolve(path)));
        return child(file, "services").keySet().stream()
                .collect(toMap(name -> name, name -> child(child(file, "services"), name)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.get(name);
    }
}
