package emporium.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As whom PostgreSQL runs, which refuses to run as root. For anybody else that is nobody special. Root becomes nobody in
 * a user namespace of its own, where its files stay root's; where namespaces are forbidden, as in most containers, root
 * becomes nobody indeed, and keeps only the right to pass through folders that are closed to nobody.
 */
enum PostgresUser {
    SELF(List.of(), Optional.empty(), Cache.folder()),
    NAMESPACE(List.of("unshare", "-U"), Optional.of("0"), Cache.folder()),
    // The programs must lie where nobody may run them, and root's home is not such a place.
    NOBODY(
            List.of(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    "--inh-caps=+dac_override",
                    "--ambient-caps=+dac_override"),
            Optional.of("65534"),
            Path.of("/var/cache/emporium"));

    private final List<String> prefix;
    private final Optional<String> owner;
    private final Path cache;

    PostgresUser(List<String> prefix, Optional<String> owner, Path cache) {
        this.prefix = prefix;
        this.owner = owner;
        this.cache = cache;
    }

    static PostgresUser choose() {
        if (!System.getProperty("user.name").equals("root")) {
            return SELF;
        }
        if (NAMESPACE.works()) {
            return NAMESPACE;
        }
        if (NOBODY.works()) {
            return NOBODY;
        }
        throw new InfraException("PostgreSQL does not run as root, and root cannot become another user here; "
                + "run this as an ordinary user, or give the address of a server with EMPORIUM_POSTGRES.");
    }

    private boolean works() {
        try {
            LocalProcess.run(command("true"), Map.of());
            return true;
        } catch (InfraException forbidden) {
            return false;
        }
    }

    List<String> command(String program) {
        var command = new ArrayList<>(prefix);
        command.add(program);
        return command;
    }

    Path cache() {
        return cache;
    }

    /** Data made under the other way to run as root has the other owner. */
    void own(Path data) {
        owner.filter(id -> !id.equals(ownerOf(data)))
                .ifPresent(id -> LocalProcess.run(List.of("chown", "-R", id + ":" + id, data.toString()), Map.of()));
    }

    private static String ownerOf(Path data) {
        try {
            return Files.getAttribute(data, "unix:uid").toString();
        } catch (IOException e) {
            throw new InfraException("The folder " + data + " cannot be read: " + Reason.of(e) + ".", e);
        }
    }
}
