package emporium.infra;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The program kubectl, for what it does without a cluster: this machine's own, or Debian's, unpacked without root. */
public final class Kubectl {

    private final Path program;

    private Kubectl(Path program) {
        this.program = program;
    }

    public static Kubectl find() {
        return find(
                System.getenv().getOrDefault("PATH", ""),
                Cache.folder().resolve("kubectl"),
                folder -> DebianPackage.unpacked("kubectl", folder));
    }

    static Kubectl find(String path, Path cache, Function<Path, Optional<Path>> debian) {
        return LocalProcess.find("kubectl", path)
                .or(() -> debian.apply(cache).map(folder -> folder.resolve("usr/bin/kubectl")))
                .filter(Files::isExecutable)
                .map(Kubectl::new)
                .orElseThrow(() -> new InfraException("There is no kubectl: put one on the PATH."));
    }

    /** All objects that the folder's kustomization makes, as YAML documents. */
    public String kustomize(Path folder) {
        return LocalProcess.run(List.of(program.toString(), "kustomize", folder.toString()), Map.of());
    }
}
