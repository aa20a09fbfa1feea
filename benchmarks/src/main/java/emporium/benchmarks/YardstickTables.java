package emporium.benchmarks;

import emporium.benchmarks.YardstickHop.Token;
import emporium.infra.Addresses;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;

/** The bare loop's tables: for each service and the orchestrator, who is number 0, inbox, outbox and a table of work. */
final class YardstickTables implements AutoCloseable {

    private static final int SAGAS_AT_ONCE = 20_000;
    private static final int ROWS_OF_WORK = 1_000;

    private final Addresses addresses;
    private final Connection connection;
    private final Queue<UUID> sagas = new ArrayDeque<>();

    YardstickTables(Addresses addresses) {
        this.addresses = addresses;
        this.connection = connect();
    }

    void create() {
        execute("drop schema if exists yardstick cascade; create schema yardstick");
        execute("create table yardstick.saga (id uuid primary key, steps int not null) with (fillfactor = 70)");
        for (var owner = 0; owner <= Yardstick.SERVICES; owner++) {
            execute("""
                    create table yardstick.inbox_%1$d (message_id uuid primary key);
                    create table yardstick.outbox_%1$d (id uuid primary key, subject text not null, body bytea not null);
                    create table yardstick.work_%1$d (id int primary key, done bigint not null) with (fillfactor = 50);
                    insert into yardstick.work_%1$d select i, 0 from generate_series(0, %2$d) i;
                    """.formatted(owner, ROWS_OF_WORK - 1));
        }
    }

    void empty() {
        sagas.clear();
        execute("truncate yardstick.saga");
        for (var owner = 0; owner <= Yardstick.SERVICES; owner++) {
            execute("truncate yardstick.inbox_%1$d, yardstick.outbox_%1$d; update yardstick.work_%1$d set done = 0"
                    .formatted(owner));
        }
        execute("vacuum analyze yardstick.saga");
        moreSagas();
    }

    /** A row that waits for its saga. They are made many at once, so that the loop is not charged with a start. */
    synchronized UUID nextSaga() {
        if (sagas.isEmpty()) {
            moreSagas();
        }
        return sagas.remove();
    }

    private synchronized void moreSagas() {
        try (var insert = connection.prepareStatement("""
                insert into yardstick.saga select uuidv7(), 0 from generate_series(1, ?) returning id
                """)) {
            insert.setInt(1, SAGAS_AT_ONCE);
            try (var rows = insert.executeQuery()) {
                while (rows.next()) {
                    sagas.add(rows.getObject(1, UUID.class));
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Fails unless each of so many sagas has passed each of its hops once, and nobody else any. */
    void check(long ended) {
        is("sagas that passed the orchestrator five times", ended, """
                select count(*) from yardstick.saga where steps = 5
                """);
        is("steps of all sagas", 5 * ended, "select sum(steps) from yardstick.saga");
        is("replies taken", 5 * ended, "select count(*) from yardstick.inbox_0");
        is("commands sent after the first", 4 * ended, "select count(*) from yardstick.outbox_0");
        for (var service = 1; service <= Yardstick.SERVICES; service++) {
            for (var counted : List.of(
                    "count(*) from yardstick.inbox_",
                    "count(*) from yardstick.outbox_",
                    "sum(done) from yardstick.work_")) {
                is("work of service " + service, ended, "select " + counted + service);
            }
        }
    }

    private void is(String what, long expected, String sql) {
        try (var select = connection.createStatement();
                var row = select.executeQuery(sql)) {
            row.next();
            if (row.getLong(1) != expected) {
                throw new NoResult(
                        "The bare loop should have %d %s, and has %d.".formatted(expected, what, row.getLong(1)));
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    Session session(int owner) {
        return new Session(connect(), owner);
    }

    /** What one consumer does in its transactions: three statements, prepared once. */
    static final class Session implements AutoCloseable {

        private final Connection connection;
        private final boolean orchestrator;
        private final PreparedStatement inbox;
        private final PreparedStatement work;
        private final PreparedStatement outbox;

        private Session(Connection connection, int owner) {
            this.connection = connection;
            this.orchestrator = owner == 0;
            try {
                connection.setAutoCommit(false);
                inbox = connection.prepareStatement("""
                        insert into yardstick.inbox_%d select unnest(?::uuid[]) on conflict do nothing returning message_id
                        """.formatted(owner));
                work = connection.prepareStatement(orchestrator ? """
                        update yardstick.saga set steps = steps + 1 where id = any (?)
                        """ : """
                        update yardstick.work_%d work set done = done + more
                          from (select id, count(*) more from unnest(?::int[]) id group by id) of
                         where work.id = of.id
                        """.formatted(owner));
                outbox = connection.prepareStatement("""
                        insert into yardstick.outbox_%d select * from unnest(?::uuid[], ?::text[], ?::bytea[])
                        """.formatted(owner));
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        /** Returns those that had not come before. */
        List<Token> handle(List<Token> batch) {
            try {
                var claimed = claim(batch);
                var fresh = batch.stream()
                        .filter(token -> claimed.contains(token.messageId()))
                        .toList();
                work(fresh);
                send(fresh.stream()
                        .filter(token -> token.hop() < Token.LAST)
                        .map(Token::next)
                        .toList());
                connection.commit();
                return fresh;
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        private Set<UUID> claim(List<Token> batch) throws SQLException {
            inbox.setArray(1, array("uuid", batch.stream().map(Token::messageId).toArray()));
            try (var rows = inbox.executeQuery()) {
                var claimed = new HashSet<UUID>();
                while (rows.next()) {
                    claimed.add(rows.getObject(1, UUID.class));
                }
                return claimed;
            }
        }

        private void work(List<Token> fresh) throws SQLException {
            work.setArray(
                    1,
                    orchestrator
                            ? array("uuid", fresh.stream().map(Token::saga).toArray())
                            : array(
                                    "int4",
                                    fresh.stream().map(Session::rowOfWork).toArray()));
            work.executeUpdate();
        }

        private static Integer rowOfWork(Token token) {
            return Math.floorMod(token.saga().hashCode(), ROWS_OF_WORK);
        }

        private void send(List<Token> next) throws SQLException {
            if (next.isEmpty()) {
                return;
            }
            outbox.setArray(1, array("uuid", next.stream().map(Token::messageId).toArray()));
            outbox.setArray(2, array("text", next.stream().map(Token::subject).toArray()));
            outbox.setArray(3, array("bytea", next.stream().map(Token::body).toArray(byte[][]::new)));
            outbox.executeUpdate();
        }

        private java.sql.Array array(String type, Object[] values) throws SQLException {
            return connection.createArrayOf(type, values);
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw failed(e);
            }
        }
    }

    private Connection connect() {
        try {
            return DriverManager.getConnection(addresses.jdbcUrl(), addresses.user(), addresses.password());
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static NoResult failed(SQLException e) {
        return new NoResult("The bare loop's tables fail: " + e.getMessage() + ".", e);
    }

    @Override
    public void close() {
        execute("drop schema yardstick cascade");
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
