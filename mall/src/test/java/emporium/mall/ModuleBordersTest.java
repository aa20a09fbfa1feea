package emporium.mall;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Dependencies point one way: what a module may know is decided here, and a build that breaks it fails. */
class ModuleBordersTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Set<String> LIBRARIES =
            Set.of("contracts", "messaging", "eventsourcing", "rest", "saga-engine");

    static List<Module> services() {
        return modulesBelow("services");
    }

    static List<Module> all() {
        return Stream.of(
                        modulesBelow("."),
                        modulesBelow("services"),
                        modulesBelow("orchestrator"),
                        modulesBelow("infra"))
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_knows_libraries_and_no_other_service(Module service) {
        assertEquals(Set.of(), minus(service.modulesUsed(), LIBRARIES));
    }

    @Test
    void the_orchestrator_knows_libraries_and_no_service() {
        assertEquals(Set.of(), minus(module("orchestrator/app").modulesUsed(), LIBRARIES));
    }

    @Test
    void the_mall_knows_every_service_and_the_orchestrator() {
        var parts = services().stream().map(Module::name).collect(toSet());
        parts.add("orchestrator");
        assertEquals(parts, module("mall").modulesUsed());
    }

    @Test
    void the_contracts_know_the_jdk_alone() {
        assertEquals(Set.of(), module("contracts").used());
    }

    @Test
    void the_libraries_know_no_contract_and_no_service() {
        assertEquals(Set.of(), module("native/runtime").modulesUsed());
        assertEquals(Set.of(), minus(module("messaging").modulesUsed(), Set.of("native")));
        assertEquals(Set.of(), module("eventsourcing").modulesUsed());
        assertEquals(Set.of(), minus(module("rest").modulesUsed(), Set.of("messaging")));
        assertEquals(Set.of(), minus(module("orchestrator/engine").modulesUsed(), Set.of("messaging")));
    }

    @ParameterizedTest
    @MethodSource("all")
    void only_messaging_speaks_to_the_broker(Module module) {
        // Faults, too, but only to rob it, and benchmarks to compare with it; nothing of that is shipped.
        var speaks = Set.of("messaging", "faults", "benchmarks").contains(module.name());
        assertEquals(speaks, module.used().contains("io.nats:jnats"));
        assertEquals(
                speaks,
                !module.mainSourcesWith(Pattern.compile("\\bio\\.nats\\.")).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("services")
    void no_sql_touches_the_schema_of_another_service(Module service) {
        var others =
                String.join("|", minus(services().stream().map(Module::name).collect(toSet()), Set.of(service.name())));
        var foreignTable = Pattern.compile("(?i)\\b(from|join|into|update|table)\\s+(" + others + ")\\.\\w");
        assertEquals(List.of(), service.mainSourcesWith(foreignTable));
    }

    private static Set<String> minus(Set<String> all, Set<String> some) {
        var rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static Module module(String path) {
        return new Module(ROOT.resolve(path));
    }

    private static List<Module> modulesBelow(String folder) {
        try (var folders = Files.list(ROOT.resolve(folder))) {
            return folders.filter(path -> Files.exists(path.resolve("pom.xml")))
                    .map(Module::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder with a pom. */
    record Module(Path folder) {

        String name() {
            return folder.getFileName().toString();
        }

        /** Artifact ids of the own modules that this one compiles or runs with. */
        Set<String> modulesUsed() {
            return used().stream()
                    .filter(artifact -> artifact.startsWith("emporium:"))
                    .map(artifact -> artifact.substring("emporium:".length()))
                    .collect(toSet());
        }

        /** All artifacts that this module compiles or runs with, as declared in its own pom. */
        Set<String> used() {
            var dependencies = pom().getElementsByTagName("dependency");
            return IntStream.range(0, dependencies.getLength())
                    .mapToObj(i -> (Element) dependencies.item(i))
                    .filter(dependency -> !Set.of("test", "provided").contains(text(dependency, "scope")))
                    .map(dependency -> text(dependency, "groupId") + ":" + text(dependency, "artifactId"))
                    .collect(toSet());
        }

        List<Path> mainSourcesWith(Pattern pattern) {
            var sources = folder.resolve("src/main");
            if (Files.notExists(sources)) {
                return List.of();
            }
            try (var files = Files.walk(sources)) {
                return files.filter(file -> file.toString().matches(".*\\.(java|sql|xml|properties)"))
                        .filter(file -> pattern.matcher(read(file)).find())
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return ROOT.relativize(folder).toString();
        }

        private Document pom() {
            try {
                return DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(folder.resolve("pom.xml").toFile());
            } catch (Exception e) {
                throw new IllegalStateException("cannot read the pom of " + this, e);
            }
        }

        private static String text(Element element, String child) {
            return element.getElementsByTagName(child).item(0) instanceof Node node ? node.getTextContent() : "";
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
