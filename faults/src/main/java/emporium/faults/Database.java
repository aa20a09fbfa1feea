package emporium.faults;

import emporium.e2e.RunningMall;
import emporium.infra.Ports;
import emporium.infra.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The PostgreSQL that can be killed, and what it says that REST does not show. */
final class Database implements AutoCloseable {

    static final String CUT_ALL = "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where backend_type = 'client backend' and usename <> 'postgres'";

    static final List<String> SERVICES =
            RunningMall.services().stream().sorted().toList();

    private final int port = Ports.free();
    private final boolean perService;
    private final PostgresServer server;
    private Process process;

    Database(Path folder, boolean perService) {
        this.perService = perService;
        this.server = PostgresServer.durable(folder.resolve("postgres"), port, folder.resolve("postgres.log"));
        start();
    }

    /** As the launcher is told it: in the services' form it makes databases and users. */
    String url() {
        var user = perService ? "postgres:emporium" : "emporium:emporium";
        return "postgresql://%s@127.0.0.1:%d/emporium".formatted(user, port);
    }

    void start() {
        process = server.start();
        server.awaitReady(process);
    }

    /** With no chance to tidy up. */
    void kill() {
        server.running().ifPresent(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    /** Ends the server in order, as an administrator would. */
    void stop() {
        server.running().ifPresent(PostgresServer::stop);
    }

    /** The first column of what one service's schema says. */
    List<String> ask(String service, String sql) {
        try (var connection = connectTo(service);
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new Broken("asking " + service, e);
        }
    }

    long count(String service, String sql) {
        return Long.parseLong(ask(service, sql).getFirst());
    }

    /** Puts so many events into the outbox of the stores, each a repetition of a product's, with an id of its own. */
    void say(int messages) {
        var sql = """
                with said as (
                         select m as message from stores.outbox, json_array_elements(messages::json) m
                          where m->'headers'->>'Type' like 'stores.ProductChanged%%' limit 1),
                     kept as (
                         insert into stores.outbox (id, size, kinds, messages)
                         select uuidv7(), 1, 'evt.', '[' || replace(message::text, message->'headers'->>'Message-Id',
                                uuidv7()::text) || ']' from said, generate_series(1, %d) number
                         returning id)
                insert into stores.outbox_pending (bundle, written_at) select id, '-infinity' from kept
                """.formatted(messages);
        try (var connection = connectTo("stores");
                var statement = connection.createStatement()) {
            if (statement.executeUpdate(sql) != messages) {
                throw new Broken("the stores have not said anything yet");
            }
        } catch (SQLException e) {
            throw new Broken("filling an outbox", e);
        }
    }

    private Connection connectTo(String service) throws SQLException {
        return connect(perService ? "emporium_" + service : "emporium");
    }

    /** As the one who may do everything. */
    Connection superuser() throws SQLException {
        return connect("postgres");
    }

    void execute(String sql) {
        try (var connection = superuser();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new Broken(sql, e);
        }
    }

    void cutAllConnections() {
        execute(CUT_ALL);
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", "emporium");
    }

    @Override
    public void close() {
        stop();
    }
}
