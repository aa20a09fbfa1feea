package emporium.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The environment variables that the code or the configuration of a module reads. */
final class Variables {

    private static final Pattern PROPERTY = Pattern.compile("(?m)^([a-z][\\w.-]*)=");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)[:}]");
    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"([\\w.-]+)\"\\)");
    private static final Pattern MAPPED = Pattern.compile("(?m)^ {4}[\\w<>.]+ (\\w+)\\(\\);");

    private Variables() {}

    static Set<String> readBy(Path module) {
        var variables = new HashSet<String>();
        for (var text : texts(module.resolve("src/main"))) {
            PROPERTY.matcher(text).results().forEach(property -> variables.add(variable(property.group(1))));
            VARIABLE.matcher(text).results().forEach(variable -> variables.add(variable.group(1)));
            MAPPING.matcher(text).results().forEach(mapping -> MAPPED.matcher(text)
                    .results()
                    .forEach(mapped -> variables.add(variable(mapping.group(1) + "." + mapped.group(1)))));
        }
        return variables;
    }

    private static String variable(String property) {
        return property.replaceAll("[^\\w]", "_").toUpperCase();
    }

    private static List<String> texts(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|properties)"))
                    .map(Variables::text)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
