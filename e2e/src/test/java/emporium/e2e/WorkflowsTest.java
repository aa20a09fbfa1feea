package emporium.e2e;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** The workflows fit the tree: what they run, build and name is there. */
class WorkflowsTest {

    private static final Path HOME = RunningMall.HOME;
    private static final Path WORKFLOWS = HOME.resolve(".github/workflows");
    private static final Pattern PROGRAM = Pattern.compile("(?m)(?:^|\\s)((?:\\./|\\.ci/)\\S+)");
    private static final Pattern COMMAND = Pattern.compile("\\./emporium (\\w+)");
    private static final Pattern USAGE = Pattern.compile("(?m)^ {2}(\\w+) {2,}\\w");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern ACTION = Pattern.compile("[\\w-]+/[\\w-]+@v\\d+");
    private static final Pattern PROFILE = Pattern.compile("-P(\\w+)");

    @TestFactory
    Stream<DynamicTest> every_workflow_has_jobs_of_steps_that_run_something_or_use_an_action() throws IOException {
        return files().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
            assertFalse(steps(file).isEmpty());
            steps(file).forEach(step -> assertTrue(step.containsKey("run") ^ step.containsKey("uses"), step::toString));
        }));
    }

    @Test
    void an_action_is_named_with_its_owner_and_its_major_version() throws IOException {
        values("uses").forEach(action -> assertTrue(ACTION.matcher(action).matches(), action));
    }

    @Test
    void every_program_that_is_run_is_there_and_knows_the_command() throws IOException {
        var commands = USAGE.matcher(text(HOME.resolve("emporium")))
                .results()
                .map(command -> command.group(1))
                .collect(toSet());
        for (var run : values("run").toList()) {
            PROGRAM.matcher(run)
                    .results()
                    .map(program -> program.group(1))
                    .forEach(program -> assertTrue(Files.isExecutable(HOME.resolve(program)), program));
            COMMAND.matcher(run)
                    .results()
                    .map(command -> command.group(1))
                    .forEach(command -> assertTrue(commands.contains(command), command));
        }
    }

    @Test
    void every_profile_is_one_of_the_build() throws IOException {
        var pom = text(HOME.resolve("pom.xml"));
        values("run")
                .flatMap(run -> PROFILE.matcher(run).results())
                .forEach(profile -> assertTrue(pom.contains("<id>" + profile.group(1) + "</id>"), profile.group(1)));
    }

    @Test
    void every_file_that_an_action_is_given_is_there() throws IOException {
        for (var file : files().toList()) {
            steps(file).stream()
                    .map(step -> child(step, "with").get("file"))
                    .filter(String.class::isInstance)
                    .map(Object::toString)
                    .forEach(given -> assertTrue(Files.exists(HOME.resolve(given)), given));
        }
    }

    @Test
    void a_release_has_every_application_in_every_kind() {
        var modules = MODULE.matcher(text(HOME.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .filter(module -> module.matches("mall|gateway|orchestrator/app|services/.*"))
                .collect(toCollection(TreeSet::new));
        var names = modules.stream().map(WorkflowsTest::name).collect(toSet());
        assertEquals(modules, new TreeSet<>(matrix("images", "module")));
        assertEquals(modules, new TreeSet<>(matrix("executables", "module")));
        assertEquals(names, Set.copyOf(matrix("native-images", "name")));
    }

    private static String name(String module) {
        return module.replaceAll("/app$", "").replaceAll("^.*/", "");
    }

    private static Collection<String> matrix(String job, String axis) {
        var strategy = child(child(child(yaml(WORKFLOWS.resolve("release.yml")), "jobs"), job), "strategy");
        return strings(child(strategy, "matrix").get(axis));
    }

    private static Stream<String> values(String key) throws IOException {
        return files().flatMap(file -> steps(file).stream())
                .map(step -> step.get(key))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static List<Map<String, Object>> steps(Path file) {
        var jobs = child(yaml(file), "jobs");
        return jobs.keySet().stream()
                .flatMap(job -> maps(child(jobs, job).get("steps")).stream())
                .toList();
    }

    private static Stream<Path> files() throws IOException {
        try (var files = Files.list(WORKFLOWS)) {
            return files.toList().stream();
        }
    }

    private static Map<String, Object> yaml(Path file) {
        return new Yaml().load(text(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.getOrDefault(name, Map.of());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Object list) {
        return (List<Map<String, Object>>) list;
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(Object list) {
        return (List<String>) list;
    }
}
