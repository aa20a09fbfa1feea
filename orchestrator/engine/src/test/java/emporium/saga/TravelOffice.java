package emporium.saga;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.messaging.Endpoint;
import emporium.messaging.Envelope;
import emporium.messaging.MessageContext;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.messaging.Received;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Runs trips on a real database, in the schema office; the tests speak for the participants. */
@Singleton
class TravelOffice {

    static final MessageContext CONTEXT = new MessageContext(
            UUID.randomUUID(), null, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "test");

    final CountedStatements statements;
    final SagaRunner runner;
    final SagaQueries queries;
    final MovedClock clock = new MovedClock();
    final List<Ended> ended = new CopyOnWriteArrayList<>();
    private final SagaReport report;
    private final ObjectMapper json;
    private final Outbox outbox;
    private final MessageIds ids;

    TravelOffice(DataSource dataSource, ObjectMapper json, @OwnedBy("office") Outbox outbox, SagaReport report) {
        this.json = json;
        this.outbox = outbox;
        this.report = report;
        ids = new MessageIds(clock);
        statements = new CountedStatements(dataSource);
        runner = runner(Trip.DEFINITION, Trip.AT_ONCE, Patience.TRIP).whenEnded(ended::addAll);
        queries = new SagaQueries(tables());
    }

    /** Nobody takes its commands: the tests answer them. */
    @Produces
    @Singleton
    @OwnedBy("office")
    static Endpoint endpoint() {
        return Endpoint.named("office").wire(Trip.WIRE).migrations("db/saga").build();
    }

    @Produces
    @Singleton
    static SagaReport report(TransactionSynchronizationRegistry transactions, MeterRegistry meters) {
        return new SagaReport(transactions, meters);
    }

    SagaRunner runner(Saga<?>... definitions) {
        return runner(report, definitions);
    }

    SagaRunner runner(SagaReport report, Saga<?>... definitions) {
        var sagas = Sagas.of(Trip.WIRE, Trip::refusal, definitions);
        return new SagaRunner(sagas, tables(), outbox, clock, report);
    }

    List<UUID> begin(int trips) {
        var keys = IntStream.range(0, trips).mapToObj(_ -> ids.next()).toList();
        start(keys);
        return keys;
    }

    /** Trips of another kind; all below are found by their business keys whatever their kind. */
    List<UUID> begin(Saga<Trip> saga, int trips) {
        var keys = IntStream.range(0, trips).mapToObj(_ -> ids.next()).toList();
        transaction(() -> runner.start(saga, starts(keys)));
        return keys;
    }

    void start(List<UUID> trips) {
        transaction(() -> runner.start(Trip.DEFINITION, starts(trips)));
    }

    static List<Start<Trip>> starts(List<UUID> trips) {
        return trips.stream()
                .map(trip -> new Start<>(trip, Trip.of(trip), CONTEXT))
                .toList();
    }

    void operate(UUID trip, OperatorMove move, String reason) {
        transaction(() -> runner.operate(sagaOf(trip), move, reason));
    }

    Cancel.Outcome cancel(Saga<Trip> saga, UUID trip, String reason) {
        var cancel = new Cancel(trip, reason, CONTEXT);
        return QuarkusTransaction.requiringNew().call(() -> runner.cancel(saga, List.of(cancel)));
    }

    /** Each test has the office to itself, at the present time. */
    void open() {
        clock.reset();
        ended.clear();
        tables().execute(
                        "truncate %1$s.saga, %1$s.saga_draft, %1$s.saga_history, %1$s.saga_archive, %1$s.saga_definition");
    }

    /** Lets time pass and does what is due then. */
    int after(Duration time) {
        clock.pass(time);
        return QuarkusTransaction.requiringNew().call(runner::wakeOnce);
    }

    void handle(List<Received<Object>> replies) {
        transaction(() -> runner.handle(replies));
    }

    /** Answers the command that is out, as a participant who agrees. */
    void agree(UUID trip) {
        handle(List.of(yes(trip)));
    }

    Received<Object> yes(UUID trip) {
        return reply(trip, Trip.yes(sent(trip).getLast().command()));
    }

    /** What participants answer who have nothing against it, to all commands of all trips that are out. */
    List<Received<Object>> yesToAll() {
        return tables()
                .query(
                        "select business_key, id, outstanding from %1$s.saga where status in ('RUNNING', 'COMPENSATING')",
                        statement -> {},
                        row -> yesToAll(
                                row.getObject(1, UUID.class),
                                row.getObject(2, UUID.class),
                                tables().read(row.getString(3), Progress.Awaited[].class)))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Received<Object>> yesToAll(UUID trip, UUID saga, Progress.Awaited[] outstanding) {
        return Stream.of(outstanding)
                .map(awaited -> reply(trip, saga, awaited.command(), new Trip.Done(trip)))
                .toList();
    }

    /** An answer to the command that is out. */
    Received<Object> reply(UUID trip, Object body) {
        return reply(trip, outstanding(trip), body);
    }

    Received<Object> reply(UUID trip, UUID command, Object body) {
        return reply(trip, sagaOf(trip), command, body);
    }

    private Received<Object> reply(UUID trip, UUID saga, UUID command, Object body) {
        var envelope =
                new Envelope(ids.next(), "trips.Reply.v1", "trips", trip, UUID.randomUUID(), command, saga, null, null);
        return new Received<>(body, envelope);
    }

    SagaQueries.Found find(UUID trip) {
        return queries.find(sagaOf(trip)).orElseThrow();
    }

    List<String> history(UUID trip) {
        return queries.history(sagaOf(trip)).stream()
                .map(told -> told.step() + " " + told.kind() + " " + told.message() + " " + told.outcome())
                .toList();
    }

    String draft(UUID trip) {
        return tables().query(
                        "select data from %1$s.saga_draft where saga_id = ?",
                        statement -> new Parameters(statement).value(sagaOf(trip)), row -> row.getString(1))
                .getFirst();
    }

    /** The message id of the command that is out; in a transaction also of one that is not sent yet. */
    UUID outstanding(UUID trip) {
        return one("select outstanding -> 0 ->> 'command' from %1$s.saga where id = ?", trip, UUID::fromString);
    }

    /** The commands in the outbox that the history says were sent, in the order it says. */
    List<Sent> sent(UUID trip) {
        return tables().query(
                        """
                        with sent as (select json_array_elements(messages::json) message from %1$s.outbox),
                            o as (select message -> 'headers' headers, message ->> 'body' body from sent)
                        select o.headers ->> 'Type', o.body, (o.headers ->> 'Correlation-Id')::uuid,
                            (o.headers ->> 'Causation-Id')::uuid, o.headers ->> 'traceparent'
                        from %1$s.saga_history h join o on (o.headers ->> 'Message-Id')::uuid = h.message_id
                        where h.saga_id = ? and h.outcome = 'SENT' order by h.seq""",
                        statement -> new Parameters(statement).value(sagaOf(trip)),
                        row -> new Sent(
                                tables().read(row.getString(2), Trip.WIRE.get(row.getString(1))),
                                row.getObject(3, UUID.class),
                                row.getObject(4, UUID.class),
                                row.getString(5)));
    }

    /** How many sessions wait for a row that another has locked. */
    long waiting() {
        return tables().query("select count(*) from pg_locks where not granted", statement -> {}, row -> row.getLong(1))
                .getFirst();
    }

    /** The saga for this key; for a saga that is not stored, the one that book-trip would have. */
    UUID sagaOf(UUID trip) {
        return tables()
                .query(
                        "select id from %1$s.saga where business_key = ? union all"
                                + " select id from %1$s.saga_archive where business_key = ?",
                        statement -> new Parameters(statement).twice(trip), row -> row.getObject(1, UUID.class))
                .stream()
                .findFirst()
                .orElse(idOf(trip));
    }

    static void transaction(Runnable work) {
        QuarkusTransaction.requiringNew().run(work);
    }

    static UUID idOf(UUID trip) {
        return SagaRunner.idOf(Trip.DEFINITION, trip);
    }

    record Sent(Object command, UUID correlation, UUID causation, String traceparent) {}

    private <T> T one(String sql, UUID trip, Function<String, T> read) {
        return tables().query(
                        sql,
                        statement -> new Parameters(statement).value(sagaOf(trip)),
                        row -> read.apply(row.getString(1)))
                .getFirst();
    }

    SagaTables tables() {
        return new SagaTables(statements.dataSource(), "office", json);
    }
}
