package emporium.infra;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;

/** The folder where unpacked binaries are kept between runs: {@code ~/.cache/emporium}. */
final class Cache {

    private Cache() {}

    static Path folder() {
        var xdg = System.getenv("XDG_CACHE_HOME");
        var root = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return root.resolve("emporium");
    }

    /** What puts files into an empty folder. */
    interface Filling {
        void fill(Path folder) throws IOException;
    }

    /**
     * The folder of that name, filled once. It appears by one rename, so a crash or a twin that fills it at the same
     * time never leaves half of it behind.
     */
    static Path filled(Path folder, Filling filling) {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(folder.getParent());
            var fresh = Files.createTempDirectory(folder.getParent(), folder.getFileName() + ".new");
            try {
                filling.fill(fresh);
                publish(fresh, folder);
            } finally {
                delete(fresh);
            }
            return folder;
        } catch (IOException e) {
            throw new InfraException("The folder " + folder + " cannot be filled: " + Reason.of(e) + ".", e);
        }
    }

    private static void publish(Path fresh, Path folder) throws IOException {
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException twinWasFirst) {
            if (!Files.isDirectory(folder)) {
                throw twinWasFirst;
            }
        }
    }

    /** Deletes the folder and all in it; what another process deletes meanwhile is no error. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
