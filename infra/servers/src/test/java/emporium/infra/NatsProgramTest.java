package emporium.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsProgramTest {

    private static final NatsProgram IMAGE = new NatsProgram.Image("nats");

    @TempDir
    private Path temporary;

    @Test
    void the_one_that_is_named_comes_first_then_the_path_the_cache_debian_and_docker() throws IOException {
        var named = program("named/my-nats");
        var onPath = program("path/nats-server");
        var cache = temporary.resolve("cache");
        var environment = Map.of(
                "NATS_SERVER", named.toString(), "PATH", onPath.getParent().toString());
        var pathOnly = Map.of("PATH", onPath.getParent().toString());
        var nothing = Map.of("PATH", "");

        assertEquals(new NatsProgram.Binary(named), find(environment, cache, true));
        assertEquals(new NatsProgram.Binary(onPath), find(pathOnly, cache, true));
        assertEquals(IMAGE, find(nothing, cache, false));
        var fromDebian = cache.resolve("nats-server/usr/sbin/nats-server");
        assertEquals(new NatsProgram.Binary(fromDebian), find(nothing, cache, true));
        program("cache/nats-server/usr/sbin/nats-server");
        assertEquals(new NatsProgram.Binary(fromDebian), find(nothing, cache, false));
    }

    @Test
    void a_named_one_that_is_not_there_is_one_sentence() {
        var refusal =
                assertThrows(InfraException.class, () -> find(Map.of("NATS_SERVER", "/no/such"), temporary, true));
        assertEquals("NATS_SERVER names /no/such, which is no program that can be run.", refusal.getMessage());
    }

    @Test
    void where_there_is_none_at_all_the_sentence_says_what_helps() {
        var refusal = assertThrows(
                InfraException.class,
                () -> NatsProgram.find(Map.of("PATH", ""), temporary, cache -> Optional.empty(), Optional::empty));
        assertTrue(refusal.getMessage().startsWith("There is no nats-server: put one on the PATH"));
    }

    @Test
    void it_runs_with_jetstream_and_keeps_what_it_stored() throws Exception {
        var server =
                new NatsServer(NatsProgram.find(), temporary.resolve("nats"), Ports.free(), temporary.resolve("log"));
        var process = server.start();
        server.awaitReady(process);
        NatsServer.check(server.url());
        NatsServer.stop(process.toHandle());
        assertFalse(LocalProcess.isRunning(process.toHandle()));
        assertTrue(Files.isDirectory(temporary.resolve("nats/jetstream")));
    }

    @Test
    void an_address_where_nobody_answers_is_one_sentence() {
        var port = Ports.free();
        var refusal = assertThrows(InfraException.class, () -> NatsServer.check("nats://127.0.0.1:" + port));
        assertEquals("No nats-server answers at 127.0.0.1:" + port + ".", refusal.getMessage());
    }

    private static NatsProgram find(Map<String, String> environment, Path cache, boolean debian) {
        var unpacked = cache.resolve("nats-server/usr/sbin/nats-server");
        return NatsProgram.find(
                environment, cache, c -> debian ? Optional.of(unpacked) : Optional.empty(), () -> Optional.of(IMAGE));
    }

    private Path program(String name) throws IOException {
        var file = temporary.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n");
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }
}
