package emporium.infra;

import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs {@code initdb} and {@code postgres}, unpacked once per version from the jar that carries them. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /** The folder with {@code bin}, {@code lib} and {@code share}; empty where no binaries exist for this machine. */
    static Optional<Path> find(Path cache) {
        return archive()
                .map(name -> Cache.filled(cache.resolve("postgres-" + version()), fresh -> unpack(name, fresh)));
    }

    static boolean exist() {
        return archive().isPresent();
    }

    private static Optional<String> archive() {
        var arm = System.getProperty("os.arch").equals("aarch64");
        var mac = System.getProperty("os.name").startsWith("Mac");
        return Stream.of("postgres-%s-%s.txz".formatted(mac ? "darwin" : "linux", arm ? "arm_64" : "x86_64"))
                .filter(name -> PostgresBinaries.class.getResource("/" + name) != null)
                .findFirst();
    }

    /** The version is in the jar's name, which is the last part of its address before the entry. */
    private static String version() {
        var address = archive()
                .map(name -> PostgresBinaries.class.getResource("/" + name).toString())
                .orElseThrow();
        var jar = address.substring(0, address.lastIndexOf(".jar"));
        return jar.substring(jar.lastIndexOf('-') + 1);
    }

    private static void unpack(String name, Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, fromString("rwxr-xr-x"));
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + name);
                var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                place(tar, entry, folder.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            var executable = target.getParent().endsWith("bin");
            Files.setPosixFilePermissions(target, fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
