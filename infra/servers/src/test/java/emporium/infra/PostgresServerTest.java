package emporium.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @TempDir
    private Path temporary;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(process -> PostgresServer.stop(process.toHandle()));
    }

    @Test
    void two_servers_have_their_own_data() throws SQLException {
        var first = server("first");
        var second = server("second");
        start(first);
        start(second);
        query(first, "create table here (); select 'made'");
        assertEquals("1", query(first, "select count(*) from pg_class where relname = 'here'"));
        assertEquals("0", query(second, "select count(*) from pg_class where relname = 'here'"));
    }

    @Test
    void data_outlives_kill_9_whatever_is_left_of_the_server() throws Exception {
        var server = server("data");
        var process = start(server);
        query(server, "create table kept as select 42 as answer; select 'made'");
        process.destroyForcibly().waitFor();
        assertTrue(Files.exists(temporary.resolve("data/postmaster.pid")));
        start(server);
        assertEquals("42", query(server, "select answer from kept"));
    }

    @Test
    void a_lock_file_whose_process_id_is_someone_elses_by_now_is_not_in_the_way() throws Exception {
        var server = server("data");
        PostgresServer.stop(start(server).toHandle());
        var alive = ProcessHandle.current().pid();
        Files.writeString(temporary.resolve("data/postmaster.pid"), alive + "\n");
        start(server);
        assertEquals("1", query(server, "select 1"));
    }

    @Test
    void a_server_that_still_runs_on_the_data_makes_way_for_the_new_one() throws Exception {
        var old = start(server("data"));
        var fresh = server("data");
        start(fresh);
        assertEquals("1", query(fresh, "select 1"));
        old.waitFor();
    }

    @Test
    void a_port_that_is_taken_is_one_sentence() throws IOException {
        try (var other = new ServerSocket(0)) {
            var server =
                    PostgresServer.throwaway(temporary.resolve("data"), other.getLocalPort(), temporary.resolve("log"));
            var refusal = assertThrows(InfraException.class, () -> start(server));
            assertEquals(
                    "PostgreSQL did not start: could not create any TCP/IP sockets (see " + temporary.resolve("log")
                            + ").",
                    refusal.getMessage());
        }
    }

    @Test
    void a_folder_with_other_things_in_it_is_left_alone() throws IOException {
        Files.createDirectories(temporary.resolve("data"));
        Files.writeString(temporary.resolve("data/letter"), "dear");
        var refusal = assertThrows(InfraException.class, () -> server("data").start());
        assertEquals(
                "The folder " + temporary.resolve("data") + " is neither empty nor a PostgreSQL data folder.",
                refusal.getMessage());
    }

    @Test
    void the_user_of_one_database_gets_into_no_other() throws SQLException {
        var server = server("data");
        start(server);
        var ours = server.superuser().ownDatabase("our depot", "quite ' secret");
        var theirs = server.superuser().ownDatabase("theirs", "quite secret too");
        connect(ours).close();
        var other = new GivenPostgres(
                theirs.host(), theirs.port(), theirs.database(), ours.user(), ours.password(), theirs.settings());
        assertEquals(
                "42501", assertThrows(SQLException.class, () -> connect(other)).getSQLState());
    }

    @Test
    void a_database_that_is_there_is_kept_and_its_user_gets_the_new_password() throws SQLException {
        var server = server("data");
        start(server);
        server.superuser().ownDatabase("depot", "old").execute("create table kept as select 42 as answer");
        server.superuser().ownDatabase("depot", "new").execute("select answer from kept");
    }

    private static Connection connect(GivenPostgres database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    private PostgresServer server(String name) {
        return PostgresServer.throwaway(temporary.resolve(name), Ports.free(), temporary.resolve(name + ".log"));
    }

    private Process start(PostgresServer server) {
        var process = server.start();
        started.add(process);
        server.awaitReady(process);
        return process;
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), PostgresServer.APP, PostgresServer.APP);
                var statement = connection.createStatement()) {
            for (var rows = statement.execute(sql); !rows; ) {
                rows = statement.getMoreResults();
            }
            var result = statement.getResultSet();
            result.next();
            return result.getString(1);
        }
    }
}
