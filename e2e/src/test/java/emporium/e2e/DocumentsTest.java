package emporium.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say can be followed: their links lead somewhere, their tests exist. */
class DocumentsTest {

    private static final Path HOME = RunningMall.HOME;
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`(?:, `\\.(\\w+)`)*");

    @Test
    void every_link_leads_to_a_file() throws IOException {
        var broken = new ArrayList<String>();
        for (var document : documents()) {
            var links = LINK.matcher(Files.readString(document));
            while (links.find()) {
                if (isBroken(links.group(1), links.group(2), document)) {
                    broken.add(HOME.relativize(document) + " -> " + links.group());
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void every_test_that_a_document_names_exists() throws IOException {
        var missing = new ArrayList<String>();
        for (var document : documents()) {
            for (var line : Files.readAllLines(document)) {
                missing.addAll(missingTests(line));
            }
        }
        assertEquals(List.of(), missing);
    }

    /** Whether the file is missing; or, for a link that is named after a test, the test. */
    private static boolean isBroken(String text, String target, Path document) throws IOException {
        if (target.contains("://")) {
            return false;
        }
        var file = document.resolveSibling(target);
        var isTest = target.endsWith(".java") && text.matches("[a-z0-9]+(_[a-z0-9]+)+");
        return !Files.exists(file) || isTest && !Files.readString(file).contains("void " + text + "(");
    }

    private static List<String> missingTests(String line) throws IOException {
        var missing = new ArrayList<String>();
        var names = TEST.matcher(line);
        while (names.find()) {
            var source = source(names.group(1));
            if (source.isEmpty()) {
                missing.add(names.group(1));
                continue;
            }
            Pattern.compile("\\w*\\.(\\w+)`")
                    .matcher(names.group())
                    .results()
                    .map(method -> method.group(1))
                    .filter(method -> !source.contains("void " + method + "("))
                    .forEach(method -> missing.add(names.group(1) + "." + method));
        }
        return missing;
    }

    private static String source(String test) throws IOException {
        try (var files = sources()) {
            var file = files.filter(path -> path.getFileName().toString().equals(test + ".java"))
                    .findFirst();
            return file.isPresent() ? Files.readString(file.get()) : "";
        }
    }

    private static Stream<Path> sources() throws IOException {
        return Files.walk(HOME).filter(path -> path.toString().contains("/src/test/java/"));
    }

    private static List<Path> documents() throws IOException {
        try (var files = Files.walk(HOME)) {
            return files.filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> !path.toString().contains("/target/"))
                    .toList();
        }
    }
}
