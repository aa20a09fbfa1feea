package emporium.infra;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Where a nats-server comes from: a program of this machine, or the image that Docker runs. */
public sealed interface NatsProgram {

    /** The command that runs it in the foreground with JetStream. */
    List<String> command(Path store, int port);

    record Binary(Path path) implements NatsProgram {
        @Override
        public List<String> command(Path store, int port) {
            return List.of(
                    path.toString(), "-js", "-sd", store.toString(), "-a", "127.0.0.1", "-p", Integer.toString(port));
        }
    }

    record Image(String name) implements NatsProgram {

        /** A client that was killed leaves its container behind, which would be in the next one's way. */
        private static final String RUN = """
                docker rm -f "$1" >/dev/null 2>&1
                exec docker run --rm --name "$1" -p "127.0.0.1:$2:4222" -v "$3:/data" "$4" -js -sd /data
                """;

        @Override
        public List<String> command(Path store, int port) {
            var number = Integer.toString(port);
            return List.of("sh", "-c", RUN, "sh", "emporium-nats-" + port, number, store.toString(), name);
        }
    }

    /**
     * The first there is of: what {@code NATS_SERVER} names, the PATH, what an earlier run unpacked, Debian's package
     * (unpacked without root), Docker.
     */
    static NatsProgram find() {
        return find(System.getenv(), Cache.folder(), NatsProgram::fromDebian, NatsProgram::fromDocker);
    }

    static NatsProgram find(
            Map<String, String> environment,
            Path cache,
            Function<Path, Optional<Path>> debian,
            Supplier<Optional<NatsProgram>> docker) {
        var named = environment.get("NATS_SERVER");
        if (named != null && !named.isBlank()) {
            return named(Path.of(named));
        }
        return Stream.<Supplier<Optional<NatsProgram>>>of(
                        () -> LocalProcess.find("nats-server", environment.getOrDefault("PATH", ""))
                                .map(Binary::new),
                        () -> cached(cache).map(Binary::new),
                        () -> debian.apply(cache).map(Binary::new),
                        docker)
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new InfraException("There is no nats-server: put one on the PATH, name it with "
                        + "NATS_SERVER, or give the address of a running one with EMPORIUM_NATS."));
    }

    private static NatsProgram named(Path path) {
        if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
            throw new InfraException("NATS_SERVER names " + path + ", which is no program that can be run.");
        }
        return new Binary(path.toAbsolutePath());
    }

    private static Optional<Path> cached(Path cache) {
        return Optional.of(cache.resolve("nats-server/usr/sbin/nats-server")).filter(Files::isExecutable);
    }

    private static Optional<Path> fromDebian(Path cache) {
        return DebianPackage.unpacked("nats-server", cache.resolve("nats-server"))
                .flatMap(folder -> cached(cache));
    }

    private static Optional<NatsProgram> fromDocker() {
        return Docker.answers() ? Optional.of(new Image(Docker.NATS_IMAGE)) : Optional.empty();
    }
}
