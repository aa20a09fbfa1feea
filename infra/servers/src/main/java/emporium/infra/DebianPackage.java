package emporium.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Downloads a Debian package from the mirror this machine is set up with and unpacks it, without root and without
 * installing it: apt keeps private lists, and the system's own are only read.
 */
final class DebianPackage {

    /** Newer than the oldest Debian this runs on, and its binaries run there. */
    private static final String PREFERRED_SUITE = "trixie";

    private static final Path KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");
    private static final Pattern MIRROR = Pattern.compile("\\bhttps?://[^\\s\\]]+/debian/?(?=\\s|$)");

    private DebianPackage() {}

    /** The folder with the package's files; empty if this is no Debian, or nothing can be downloaded. */
    static Optional<Path> unpacked(String name, Path folder) {
        if (Stream.of("apt-get", "dpkg-deb")
                .anyMatch(tool -> LocalProcess.find(tool).isEmpty())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Cache.filled(folder, fresh -> fetch(name, fresh)));
        } catch (InfraException nothingToBeHad) {
            return Optional.empty();
        }
    }

    private static void fetch(String name, Path target) throws IOException {
        var work = Files.createTempDirectory("emporium-apt");
        try {
            var archive = download(name, work);
            LocalProcess.run(List.of("dpkg-deb", "-x", archive.toString(), target.toString()), Map.of());
        } finally {
            Cache.delete(work);
        }
    }

    private static Path download(String name, Path work) throws IOException {
        var mirror = mirror(Path.of("/etc/apt"));
        if (mirror.isPresent() && Files.exists(KEYRING)) {
            try {
                var source = "deb [signed-by=%s] %s %s main\n".formatted(KEYRING, mirror.get(), PREFERRED_SUITE);
                return download(name, work.resolve(PREFERRED_SUITE), Optional.of(source));
            } catch (InfraException mirrorHasNoSuchSuite) {
                return download(name, work.resolve("own"), Optional.empty());
            }
        }
        return download(name, work.resolve("own"), Optional.empty());
    }

    /** With a source list of its own, or with the machine's. */
    private static Path download(String name, Path state, Optional<String> source) throws IOException {
        for (var folder : List.of("lists/partial", "cache/archives/partial", "download")) {
            Files.createDirectories(state.resolve(folder));
        }
        var settings = new ArrayList<>(List.of(
                "Dir::State \"" + state + "\"",
                "Dir::State::lists \"" + state.resolve("lists") + "\"",
                "Dir::State::status \"" + Files.createFile(state.resolve("status")) + "\"",
                "Dir::Cache \"" + state.resolve("cache") + "\"",
                "Debug::NoLocking \"1\"",
                "Acquire::Retries \"1\"",
                "Acquire::http::Timeout \"20\"",
                "APT::Sandbox::User \"\""));
        if (source.isPresent()) {
            settings.add("Dir::Etc::sourceparts \"" + state.resolve("none") + "\"");
            settings.add(
                    "Dir::Etc::sourcelist \"" + Files.writeString(state.resolve("sources.list"), source.get()) + "\"");
        }
        var config = Files.writeString(state.resolve("apt.conf"), String.join(";\n", settings) + ";\n");
        var environment = Map.of("APT_CONFIG", config.toString());
        var download = state.resolve("download");
        LocalProcess.run(List.of("apt-get", "update", "-qq"), environment);
        LocalProcess.run(List.of("apt-get", "download", "-qq", name), environment, download);
        try (var files = Files.list(download)) {
            return files.findFirst().orElseThrow(() -> new InfraException("There is no package " + name + "."));
        }
    }

    /** Reads both forms of source lists, the one-line form and deb822, whose URIs look alike. */
    static Optional<String> mirror(Path etcApt) throws IOException {
        if (!Files.isDirectory(etcApt)) {
            return Optional.empty();
        }
        try (var files = Files.walk(etcApt, 2)) {
            for (var file : files.filter(DebianPackage::isSourceList).sorted().toList()) {
                var mirror = Files.readAllLines(file).stream()
                        .filter(line -> !line.strip().startsWith("#"))
                        .flatMap(line -> MIRROR.matcher(line).results())
                        .map(match -> match.group())
                        .findFirst();
                if (mirror.isPresent()) {
                    return mirror;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isSourceList(Path file) {
        var name = file.getFileName().toString();
        return Files.isReadable(file) && (name.endsWith(".list") || name.endsWith(".sources"));
    }
}
