package emporium.faults;

import emporium.e2e.RunningMall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.tools.ToolProvider;

/**
 * The applications as they will be when one message has gained a field: CreateShoppingList, from the
 * orchestrator to the depot. It is compiled anew from its source, so that writers and readers of both versions are real.
 */
final class NewerVersion {

    /** What only the newer version says. */
    static final String FIELD = "giftWrapping";

    private static final Path SOURCE =
            RunningMall.HOME.resolve("contracts/src/main/java/emporium/contracts/depot/CreateShoppingList.java");
    private static final String JAR = "lib/main/emporium.contracts-0.1.0-SNAPSHOT.jar";
    private static final String CLASS = "emporium/contracts/depot/CreateShoppingList.class";

    private final Path folder;

    NewerVersion(Path folder) {
        this.folder = folder;
    }

    /** The program of a service in which the message has the field. */
    Path programOf(Path program) {
        try {
            var app = folder.resolve(program.getParent().getParent().getParent().getFileName());
            copy(program.getParent(), app);
            replaceClass(app.resolve(JAR));
            return app.resolve(program.getFileName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var path : all.toList()) {
                var copy = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private void replaceClass(Path jar) throws IOException {
        var classes = Files.createDirectories(folder.resolve("classes"));
        var source = classes.resolve(SOURCE.getFileName());
        Files.writeString(source, withField(Files.readString(SOURCE)));
        var failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-parameters",
                        "-d",
                        classes.toString(),
                        "-classpath",
                        jar.toString(),
                        source.toString());
        if (failed != 0) {
            throw new Broken("the newer version of " + SOURCE + " does not compile");
        }
        try (var content = FileSystems.newFileSystem(jar)) {
            Files.copy(classes.resolve(CLASS), content.getPath(CLASS), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The record with one more component, which today's code does not give. */
    private static String withField(String source) {
        var begin = source.indexOf('(', source.indexOf("record CreateShoppingList")) + 1;
        var end = source.indexOf(')', begin);
        var components = source.substring(begin, end);
        var values = components.replaceAll("[\\w<>]+ (\\w+)", "$1");
        var body = source.indexOf("{}", end);
        return source.substring(0, end) + ", String " + FIELD + source.substring(end, body)
                + "{ public CreateShoppingList(" + components + ") { this(" + values + ", \"silver\"); } }";
    }
}
