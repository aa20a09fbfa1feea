package emporium.saga;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.messaging.Envelope;
import emporium.messaging.MessageContext;
import emporium.messaging.MessageIds;
import emporium.messaging.Received;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Runs trips on a real database, in the schema office; the tests speak for the participants. */
@Singleton
class TravelOffice {

    static final MessageContext CONTEXT = new MessageContext(UUID.randomUUID(), null, null, "test");

    final CountedStatements statements;
    final SentCommands sent = new SentCommands();
    final SagaRunner runner;
    final SagaQueries queries;
    private final DataSource dataSource;
    private final ObjectMapper json;
    private final MessageIds ids = new MessageIds(InstantSource.system());

    TravelOffice(DataSource dataSource, ObjectMapper json) {
        this.dataSource = dataSource;
        this.json = json;
        statements = new CountedStatements(dataSource);
        runner = runner(Trip.DEFINITION);
        queries = new SagaQueries(tables());
    }

    void migrate(@Observes StartupEvent start) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("office")
                .locations("db/saga")
                .load()
                .migrate();
    }

    SagaRunner runner(Saga<?>... definitions) {
        var sagas = Sagas.of(Trip.WIRE, Trip::refusal, definitions);
        return new SagaRunner(sagas, tables(), sent, InstantSource.system());
    }

    List<UUID> begin(int trips) {
        var keys = IntStream.range(0, trips).mapToObj(_ -> ids.next()).toList();
        start(keys);
        return keys;
    }

    void start(List<UUID> trips) {
        var starts = trips.stream()
                .map(trip -> new Start<>(trip, Trip.of(trip), CONTEXT))
                .toList();
        transaction(() -> runner.start(Trip.DEFINITION, starts));
    }

    void handle(List<Received<Object>> replies) {
        transaction(() -> runner.handle(replies));
    }

    /** Answers the command that is out, as a participant who agrees. */
    void agree(UUID trip) {
        handle(List.of(yes(trip)));
    }

    Received<Object> yes(UUID trip) {
        return reply(trip, Trip.yes(sent.last(idOf(trip)).command()));
    }

    Received<Object> reply(UUID trip, Object body) {
        return reply(trip, sent.last(idOf(trip)).id(), body);
    }

    Received<Object> reply(UUID trip, UUID command, Object body) {
        var envelope = new Envelope(
                ids.next(), "trips.Reply.v1", "trips", trip, UUID.randomUUID(), command, idOf(trip), null, null);
        return new Received<>(body, envelope);
    }

    SagaQueries.Found find(UUID trip) {
        return queries.find(idOf(trip)).orElseThrow();
    }

    List<String> history(UUID trip) {
        return queries.history(idOf(trip)).stream()
                .map(told -> told.step() + " " + told.kind() + " " + told.message() + " " + told.outcome())
                .toList();
    }

    String draft(UUID trip) {
        return tables().query(
                        "select data from %1$s.saga_draft where saga_id = ?",
                        statement -> new Parameters(statement).value(idOf(trip)), row -> row.getString(1))
                .getFirst();
    }

    /** How many sessions wait for a row that another has locked. */
    long waiting() {
        return tables().query("select count(*) from pg_locks where not granted", statement -> {}, row -> row.getLong(1))
                .getFirst();
    }

    static void transaction(Runnable work) {
        QuarkusTransaction.requiringNew().run(work);
    }

    static UUID idOf(UUID trip) {
        return SagaRunner.idOf(Trip.DEFINITION, trip);
    }

    private SagaTables tables() {
        return new SagaTables(statements.dataSource(), "office", json);
    }
}
