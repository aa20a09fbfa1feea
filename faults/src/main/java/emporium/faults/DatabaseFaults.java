package emporium.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The database away, full, not taking writes, or refusing a transaction. */
final class DatabaseFaults {

    private static final int ENOUGH = 400;

    private DatabaseFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("database-killed", arena -> {
                    arena.database().kill();
                    arena.database().start();
                }),
                Fault.of("database-restarted", arena -> {
                    arena.database().stop();
                    arena.database().start();
                }),
                Fault.of("database-away", arena -> {
                    arena.database().stop();
                    pause(arena);
                    arena.database().start();
                }),
                Fault.of("database-read-only", DatabaseFaults::readOnly),
                Fault.of("database-out-of-connections", DatabaseFaults::outOfConnections),
                Fault.of("connections-cut", arena -> {
                    for (var time = 0; time < 3; time++) {
                        arena.shopping().place(5);
                        arena.database().cutAllConnections();
                    }
                }),
                Fault.of("deadlock", arena -> refused("deadlock", arena)),
                Fault.of("serialisation-failure", arena -> refused("serialisation", arena)));
    }

    private static void pause(Arena arena) {
        Patience.pause(arena.isLong() ? Duration.ofMinutes(1) : Duration.ofSeconds(5));
    }

    /** As in a failover, when the address leads to a server that does not lead yet. */
    private static void readOnly(Arena arena) {
        setReadOnly(arena, "on");
        pause(arena);
        setReadOnly(arena, "off");
    }

    private static void setReadOnly(Arena arena, String value) {
        arena.database().execute("alter system set default_transaction_read_only = " + value);
        arena.database().execute("select pg_reload_conf()");
    }

    /** Others take every connection there is, and those that the mall had are cut. */
    private static void outOfConnections(Arena arena) throws SQLException {
        var taken = new ArrayList<Connection>();
        try {
            takeAll(arena, taken);
            cutOthers(taken.getFirst());
            takeAll(arena, taken);
            pause(arena);
        } finally {
            for (var connection : taken) {
                connection.close();
            }
        }
    }

    /** By a connection that is there already: there is no other to be had. */
    private static void cutOthers(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(Database.CUT_ALL);
        }
    }

    private static void takeAll(Arena arena, List<Connection> taken) {
        try {
            while (taken.size() < ENOUGH) {
                taken.add(arena.database().superuser());
            }
        } catch (SQLException full) {
            return; // which is what was wanted
        }
        throw new Broken("PostgreSQL has more than " + ENOUGH + " connections");
    }

    private static void refused(String failure, Arena arena) {
        for (var time = 0; time < 5; time++) {
            arena.armed().arm(failure, Integer.toString(arena.random().nextInt(10)));
            arena.shopping().want(5);
            arena.armed().awaitGone(failure, Duration.ofMinutes(1));
        }
    }
}
