package emporium.launcher;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import emporium.infra.InfraException;
import emporium.infra.LocalProcess;
import emporium.infra.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The folder that holds all there is of one Emporium: {@code postgres} and {@code nats} with their data, {@code mails}
 * that no SMTP server was there to take, {@code logs}, {@code pids} with one file per process, {@code ports} with the
 * ports in use, {@code form} with the form whose data these are, {@code passwords} of the services' database users, and
 * {@code lock}, which the one process that runs it holds and which names it.
 */
final class DataFolder {

    /** In the order of stopping: who needs another goes first. */
    static final List<String> PROCESSES = Stream.of(
                    List.of("mall", "gateway"), ServicesForm.SERVICES, List.of("nats", "postgres"))
            .flatMap(List::stream)
            .toList();

    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Path path() {
        return folder;
    }

    Path postgres() {
        return folder.resolve("postgres");
    }

    Path nats() {
        return folder.resolve("nats");
    }

    Path mails() {
        return folder.resolve("mails");
    }

    Path log(String process) {
        return folder.resolve("logs").resolve(process + ".log");
    }

    /** Takes the folder for this process until it ends; the operating system lets go of it, however it ends. */
    @SuppressWarnings("resource") // Closing the channel would release the lock.
    void take() {
        try {
            for (var name : List.of("logs", "pids")) {
                Files.createDirectories(folder.resolve(name));
            }
            var lock = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
            if (lock.tryLock() == null) {
                throw new InfraException("Emporium runs already on " + folder
                        + owner().map(" as process %d"::formatted).orElse("")
                        + "; stop it with ./emporium down, or give another --data.");
            }
            lock.truncate(0)
                    .write(ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new InfraException("The data folder " + folder + " cannot be written: " + reason(e) + ".", e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "no permission";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> "it cannot be made";
        };
    }

    /** The process that holds the lock. */
    Optional<Long> owner() {
        return number(folder.resolve("lock"))
                .filter(pid -> LocalProcess.running(pid, "emporium").isPresent());
    }

    /** Forgets all orders and messages; what else a person put into the folder stays. */
    void forget() {
        for (var name : List.of("postgres", "postgres.new", "nats", "mails", "logs", "ports", "form", "passwords")) {
            delete(folder.resolve(name));
        }
    }

    private static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (var all = Files.walk(tree)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new InfraException("The folder " + tree + " cannot be deleted: " + reason(e) + ".", e);
        }
    }

    void started(String process, long pid) {
        write(folder.resolve("pids").resolve(process), Long.toString(pid));
    }

    void stopped(String process) {
        try {
            Files.deleteIfExists(folder.resolve("pids").resolve(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process of that name that runs on this folder, whoever started it. */
    Optional<ProcessHandle> running(String process) {
        return number(folder.resolve("pids").resolve(process))
                .flatMap(pid -> LocalProcess.running(pid, folder.toString()));
    }

    /** The port used last time if it is free, so that addresses in people's notes stay right; else another. */
    int port(String process) {
        var ports = properties("ports");
        var last = Integer.parseInt(ports.getProperty(process, "0"));
        if (last > 0 && Ports.isFree(last)) {
            return last;
        }
        // Free now, but promised to another process that has not started yet.
        var fresh = IntStream.generate(Ports::free)
                .filter(port -> !ports.containsValue(Integer.toString(port)))
                .findFirst()
                .orElseThrow();
        usePort(process, fresh);
        return fresh;
    }

    void usePort(String process, int port) {
        put("ports", process, Integer.toString(port));
    }

    Optional<String> lastPort(String process) {
        return Optional.ofNullable(properties("ports").getProperty(process));
    }

    /** The password of a service's database user: made up at the first call, and nobody else's to read. */
    synchronized String password(String service) {
        var known = properties("passwords").getProperty(service);
        if (known != null) {
            return known;
        }
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        put("passwords", service, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        return password(service);
    }

    /** The two forms keep their orders in different databases: what one has taken in, the other would never finish. */
    void keepTo(String form) {
        var present = properties("form").getProperty("form", form);
        if (!present.equals(form)) {
            throw new InfraException(
                    "The data in %s are those of the form %s; give another --data, or --fresh to forget them."
                            .formatted(folder, present));
        }
        put("form", "form", form);
    }

    private synchronized void put(String file, String key, String value) {
        var properties = properties(file);
        properties.setProperty(key, value);
        var path = folder.resolve(file);
        try {
            if (!Files.exists(path)) {
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            try (var out = Files.newBufferedWriter(path)) {
                properties.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Properties properties(String file) {
        var properties = new Properties();
        var path = folder.resolve(file);
        if (Files.exists(path)) {
            try (var in = Files.newBufferedReader(path)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }

    private static Optional<Long> number(Path file) {
        try {
            return Optional.of(Files.readString(file).strip())
                    .filter(text -> text.matches("\\d+"))
                    .map(Long::valueOf);
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    /** At once: somebody who looks at that moment sees what was there before or what is there now. */
    private void write(Path file, String text) {
        try {
            var fresh = folder.resolve(file.getFileName() + ".pid");
            Files.move(Files.writeString(fresh, text + "\n"), file, ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
