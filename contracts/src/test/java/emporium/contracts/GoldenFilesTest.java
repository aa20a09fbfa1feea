package emporium.contracts;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The golden files pin how messages travel. A file is never edited: {@code <wire name>.json} is the message as first
 * released; the first optional field added later brings {@code <wire name>.1.json}, the next {@code .2}, and so on.
 * The newest is exactly what is written today; all of them must be readable for ever.
 */
class GoldenFilesTest {
    private static final Set<Class<?>> KINDS =
            Set.of(Command.class, Reply.class, Event.class, Query.class, Answer.class);

    private final Map<String, Record> examples =
            Examples.all().stream().collect(toMap(GoldenFilesTest::wireName, Function.identity()));
    private final Map<String, JsonNode> files = goldenFiles();

    @Test
    void every_message_has_a_wire_name_and_an_example() throws Exception {
        var names = new TreeSet<String>();
        for (var type : messageTypes()) {
            names.add(WireTypes.of(type).keySet().iterator().next());
        }
        assertEquals(names, new TreeSet<>(examples.keySet()));
    }

    @Test
    void no_example_leaves_a_field_empty() {
        examples.forEach((name, example) -> assertFilled(name, Compatibility.json(example)));
    }

    @Test
    void every_golden_file_belongs_to_a_message() {
        var names = new TreeSet<String>();
        files.keySet().forEach(file -> names.add(file.replaceFirst("(\\.v\\d+)\\.\\d+$", "$1")));
        assertEquals(new TreeSet<>(examples.keySet()), names);
    }

    @TestFactory
    Stream<DynamicTest> a_message_is_written_and_read_exactly_as_its_newest_golden_file() {
        return tests((name, example) -> {
            var newest = released(name).getLast();
            assertEquals(
                    newest,
                    Compatibility.json(example),
                    "the golden file pins what was released: an optional field comes with a new file, " + name + "."
                            + released(name).size() + ".json; anything else is a new version");
            assertEquals(example, Compatibility.JSON.treeToValue(newest, example.getClass()));
        });
    }

    @TestFactory
    Stream<DynamicTest> a_message_is_compatible_with_all_its_golden_files() {
        return tests((name, example) ->
                released(name).forEach(json -> assertEquals(List.of(), Compatibility.problems(json, example), name)));
    }

    private interface Check {
        void run(String name, Record example) throws Exception;
    }

    private Stream<DynamicTest> tests(Check check) {
        return new TreeMap<>(examples)
                .entrySet().stream()
                        .map(message -> DynamicTest.dynamicTest(
                                message.getKey(), () -> check.run(message.getKey(), message.getValue())));
    }

    /** All shapes in which this message was ever released, oldest first. */
    private List<JsonNode> released(String name) {
        var shapes = new ArrayList<JsonNode>();
        for (var json = files.get(name); json != null; json = files.get(name + "." + shapes.size())) {
            shapes.add(json);
        }
        var example = Compatibility.json(examples.get(name)).toPrettyString();
        assertTrue(!shapes.isEmpty(), () -> "there is no golden/" + name + ".json; it would read\n" + example);
        return shapes;
    }

    private static String wireName(Record example) {
        var wire = example.getClass().getAnnotation(Wire.class);
        assertNotNull(wire, () -> example.getClass() + " has no wire name");
        return wire.value();
    }

    private static void assertFilled(String path, JsonNode json) {
        assertTrue(!json.isNull() && !(json.isContainerNode() && json.isEmpty()), () -> path + " is empty");
        json.properties().forEach(field -> assertFilled(path + "." + field.getKey(), field.getValue()));
        json.values().forEachRemaining(element -> assertFilled(path + "[]", element));
    }

    private static Map<String, JsonNode> goldenFiles() {
        var folder = GoldenFilesTest.class.getResource("/golden");
        try (var paths = Files.list(pathOf(folder))) {
            var files = new TreeMap<String, JsonNode>();
            for (var path : paths.toList()) {
                files.put(
                        path.getFileName().toString().replaceFirst("\\.json$", ""),
                        Compatibility.JSON.readTree(path.toFile()));
            }
            return files;
        } catch (IOException e) {
            throw new IllegalStateException("the golden files cannot be read", e);
        }
    }

    /** Every record of this module that is a command, reply, event, query or answer, found by looking. */
    private static List<Class<?>> messageTypes() throws Exception {
        var root = pathOf(Wire.class.getProtectionDomain().getCodeSource().getLocation());
        try (var paths = Files.walk(root)) {
            var types = new ArrayList<Class<?>>();
            for (var path :
                    paths.filter(file -> file.toString().endsWith(".class")).toList()) {
                var name = root.relativize(path).toString().replaceFirst("\\.class$", "");
                types.add(Class.forName(name.replaceAll("[/\\\\]", ".")));
            }
            types.removeIf(type -> !type.isRecord() || KINDS.stream().noneMatch(kind -> kind.isAssignableFrom(type)));
            return types;
        }
    }

    private static Path pathOf(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(url + " is no file", e);
        }
    }
}
