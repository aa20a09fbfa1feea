package emporium.saga;

import static emporium.saga.Patience.SOON;
import static emporium.saga.SagaStatus.COMPENSATED;
import static emporium.saga.SagaStatus.COMPLETED;
import static emporium.saga.SagaStatus.NEEDS_ATTENTION;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.saga.Trip.No;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to stored sagas without a message: deadlines, a person's moves, the end. */
@QuarkusTest
class WakeUpTest {

    private static final Duration LATER = Duration.ofMinutes(2);

    @Inject
    TravelOffice office;

    @Inject
    TransactionSynchronizationRegistry transactions;

    @BeforeEach
    void open() {
        office.open();
    }

    @Test
    void nothing_is_due_before_its_time() {
        office.begin(Patience.TRIP, 1);
        assertEquals(0, office.after(Duration.ofSeconds(29)));
        assertEquals(1, office.after(Duration.ofSeconds(2)));
    }

    @Test
    void several_replicas_fire_each_deadline_once() throws Exception {
        office.begin(Patience.TRIP, 500);
        office.clock.pass(SOON);
        try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> replica = this::wakeAll;
            var woken = IntStream.range(0, 4)
                    .mapToObj(_ -> replicas.submit(replica))
                    .toList();
            var all = 0;
            for (var one : woken) {
                all += one.get();
            }
            assertEquals(500, all);
        }
        assertEquals(1_000, count("saga_history where outcome = 'SENT'"));
    }

    @Test
    void a_batch_of_deadlines_costs_as_many_statements_as_one() {
        office.begin(Patience.TRIP, 1);
        assertEquals(3, office.statements.during(() -> office.after(SOON)), "sagas, drafts, and all that is written");
        office.open();
        office.begin(Patience.TRIP, 100);
        assertEquals(3, office.statements.during(() -> office.after(SOON)));
    }

    @Test
    void a_saga_that_another_replica_holds_is_passed_over() {
        var trip = begin(Patience.TRIP);
        office.clock.pass(SOON);
        TravelOffice.transaction(() -> {
            office.runner.handle(List.of(office.reply(trip, new No("too late"))));
            var elsewhere = CompletableFuture.supplyAsync(() -> office.after(Duration.ZERO));
            assertEquals(0, elsewhere.join());
        });
        assertEquals(List.of("REFUSED"), outcomes(trip).subList(2, 3));
    }

    @Test
    void a_reply_in_time_leaves_the_index_of_deadlines_as_it_is() {
        var trip = begin(Patience.TRIP);
        var before = wakeUp(trip);
        office.agree(trip);
        assertEquals(before, wakeUp(trip));
        office.after(SOON);
        assertFalse(before.equals(wakeUp(trip)), "looked at once, and put off");
    }

    @Test
    void a_thousand_trips_wait_five_minutes_for_a_participant_that_is_away_and_all_end() {
        office.begin(Trip.DEFINITION, 1_000);
        office.handle(office.yesToAll());
        for (var minute = 0; minute < 5; minute++) {
            office.clock.pass(Duration.ofMinutes(1));
            wakeAll();
        }
        assertEquals(1_000, office.queries.inFlight().getFirst().sagas());
        while (!office.queries.inFlight().isEmpty()) {
            office.handle(office.yesToAll());
        }
        office.clock.pass(Duration.ofMinutes(1));
        wakeAll();
        assertEquals(1_000, count("saga_archive where status in ('COMPLETED', 'COMPENSATED')"));
    }

    @Test
    void a_finished_saga_leaves_the_hot_table_and_is_still_told() {
        var trip = finished();
        assertEquals(1, office.after(LATER));
        assertEquals(0, count("saga"));
        assertEquals(0, count("saga_draft"));
        assertEquals(COMPLETED, office.find(trip).status());
        assertEquals("COMPLETED", outcomes(trip).getLast());
        var filter = new SagaQueries.Filter(COMPLETED, "patient-trip", trip, null);
        assertEquals(List.of(office.find(trip)), office.queries.list(filter, null, 10));
    }

    @Test
    void a_reply_after_the_move_to_the_archive_is_recorded_and_changes_nothing() {
        var trip = finished();
        office.after(LATER);
        office.handle(List.of(office.reply(trip, UUID.randomUUID(), new No("what trip?"))));
        office.handle(List.of(office.reply(trip, UUID.randomUUID(), new No("what trip?"))));
        assertEquals(COMPLETED, office.find(trip).status());
        var outcomes = outcomes(trip);
        assertEquals(
                List.of("COMPLETED", "IGNORED", "IGNORED"), outcomes.subList(outcomes.size() - 3, outcomes.size()));
    }

    @Test
    void what_has_ended_begins_no_second_time() {
        var trip = finished();
        office.after(LATER);
        TravelOffice.transaction(() -> office.runner.start(Patience.TRIP, TravelOffice.starts(List.of(trip))));
        assertEquals(0, count("saga"));
        assertEquals(COMPLETED, office.find(trip).status());
    }

    @Test
    void an_operators_move_in_the_wrong_state_is_refused_by_name() {
        var trip = begin(Patience.TRIP);
        var running = assertThrows(MoveRefused.class, () -> office.operate(trip, OperatorMove.SKIP, "bored"));
        assertEquals("The saga cannot be skipped: it is RUNNING at 'seat'.", running.getMessage());
        var done = finished();
        office.after(LATER);
        var ended = assertThrows(MoveRefused.class, () -> office.operate(done, OperatorMove.CANCEL, "regret"));
        assertEquals("The saga cannot be cancelled: it is COMPLETED.", ended.getMessage());
        assertThrows(UnknownSaga.class, () -> office.operate(UUID.randomUUID(), OperatorMove.RETRY, "who?"));
    }

    @Test
    void an_operators_retry_and_the_answer_at_the_same_time_are_taken_one_after_the_other() throws Exception {
        for (var i = 0; i < 10; i++) {
            var trip = begin(Patience.TRIP);
            office.after(SOON);
            var yes = office.yes(trip);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                threads.submit(() -> office.handle(List.of(yes)));
                threads.submit(() -> office.operate(trip, OperatorMove.RETRY, "impatient"));
            }
            assertEquals("room", office.find(trip).step(), "answered, before or after it was sent again");
        }
    }

    @Test
    void each_of_the_operators_moves_stands_in_the_history_with_its_reason() {
        var trip = begin(Patience.TRIP);
        office.after(SOON);
        office.operate(trip, OperatorMove.RETRY, "the line was down");
        office.operate(trip, OperatorMove.SKIP, "they have a seat");
        office.operate(trip, OperatorMove.CANCEL, "enough");
        office.after(LATER);
        var moves = office.queries.history(office.sagaOf(trip)).stream()
                .filter(told -> told.kind() == HistoryEntry.Subject.OPERATOR)
                .map(told -> told.outcome() + " " + told.detail())
                .toList();
        assertEquals(List.of("RETRIED the line was down", "SKIPPED they have a seat", "CANCELLED enough"), moves);
    }

    @Test
    void the_end_is_told_in_its_transaction_with_what_was_remembered() {
        var trip = begin(Patience.TRIP);
        for (var i = 0; i < 3; i++) {
            office.agree(trip);
        }
        assertEquals(new Cancel.Outcome(Set.of(), Set.of()), cancel(trip));
        assertEquals("too late", office.find(trip).cancelled());
        office.agree(trip);
        var end = office.ended.getFirst();
        assertEquals(COMPLETED, end.status());
        assertEquals("too late", end.cancelled());
        assertEquals(trip, end.businessKey());
        assertEquals(new Cancel.Outcome(Set.of(trip), Set.of()), cancel(trip));
        office.after(LATER);
        assertEquals(new Cancel.Outcome(Set.of(trip), Set.of()), cancel(trip));
        var nobody = UUID.randomUUID();
        assertEquals(new Cancel.Outcome(Set.of(), Set.of(nobody)), cancel(nobody));
    }

    @Test
    void commands_that_a_deadline_leads_to_belong_to_the_story_and_the_trace_that_began_the_saga() {
        var trip = begin(Patience.TRIP);
        office.after(SOON);
        var late = office.sent(trip).getLast();
        assertEquals(TravelOffice.CONTEXT.correlationId(), late.correlation());
        assertEquals(TravelOffice.CONTEXT.traceparent(), late.traceparent());
    }

    @Test
    void what_is_counted_and_timed_is_what_was_committed() {
        var meters = new SimpleMeterRegistry();
        var runner = metered(meters);
        var trip = UUID.randomUUID();
        assertThrows(
                IllegalStateException.class,
                () -> TravelOffice.transaction(() -> {
                    runner.start(Trip.DEFINITION, TravelOffice.starts(List.of(trip)));
                    throw new IllegalStateException("the power is gone");
                }));
        assertTrue(meters.find("sagas.started").counters().isEmpty());
        TravelOffice.transaction(() -> runner.start(Trip.DEFINITION, TravelOffice.starts(List.of(trip))));
        TravelOffice.transaction(() -> runner.handle(List.of(office.reply(trip, new No("no passport")))));
        TravelOffice.transaction(() -> runner.handle(List.of(office.yes(trip))));
        assertEquals(1, meters.get("sagas.started").counter().count());
        assertEquals(
                1,
                meters.get("sagas.finished")
                        .tag("outcome", COMPENSATED.name())
                        .counter()
                        .count());
        assertEquals(1, meters.get("saga.step").tag("step", "traveller").timer().count());
    }

    @Test
    void the_loop_wakes_what_is_due_and_shows_what_needs_attention() {
        var trip = begin(Patience.TRIP);
        office.agree(trip);
        office.agree(trip);
        office.clock.pass(SOON);
        var meters = new SimpleMeterRegistry();
        try (var loop = loop(metered(meters), Duration.ofMillis(20))) {
            loop.start();
            await().until(() -> office.find(trip).status() == NEEDS_ATTENTION);
            office.clock.pass(Duration.ofSeconds(10));
            await().until(() -> meters.get("sagas.attention")
                            .tag("definition", "patient-trip")
                            .gauge()
                            .value()
                    == 1);
        }
    }

    @Test
    void a_sleep_until_something_is_due_ends_with_a_deadline_that_this_process_sets() throws Exception {
        var runner = office.runner(Patience.NONE);
        Callable<Void> sleep = () -> {
            runner.alarm().sleep(office.clock.instant(), Duration.ofHours(1), () -> true);
            return null;
        };
        var sleeper = new Thread(new FutureTask<>(sleep));
        sleeper.start();
        await().until(() -> sleeper.getState() == Thread.State.TIMED_WAITING);
        begin(runner);
        assertTrue(sleeper.join(Duration.ofSeconds(10)));
    }

    @Test
    void a_deadline_that_a_dead_replica_has_set_is_found_at_the_next_look() {
        try (var loop = loop(office.runner(Patience.NONE), Duration.ofSeconds(1))) {
            loop.start();
            begin(office.runner(Patience.NONE));
            await().until(() -> count("saga_history where outcome = 'TIMED_OUT'") > 0);
        }
    }

    @Test
    void a_loop_that_sleeps_ends_at_once() {
        var loop = loop(office.runner, Duration.ofHours(1));
        loop.start();
        assertTimeout(Duration.ofSeconds(5), loop::close);
    }

    @Test
    void a_look_that_finds_nothing_due_costs_one_statement() {
        begin(Patience.TRIP);
        try (var loop = loop(office.runner, Duration.ofSeconds(5))) {
            loop.once();
            assertEquals(1, office.statements.during(loop::once));
        }
    }

    @Test
    void what_another_version_of_the_program_plays_keeps_no_one_awake() {
        begin(Patience.TRIP);
        office.clock.pass(LATER);
        assertTrue(office.runner.isSomethingDue());
        assertFalse(office.runner(Trip.DEFINITION).isSomethingDue());
    }

    private static void begin(SagaRunner runner) {
        TravelOffice.transaction(() -> runner.start(Patience.NONE, TravelOffice.starts(List.of(UUID.randomUUID()))));
    }

    private SagaLoop loop(SagaRunner runner, Duration interval) {
        return new SagaLoop(runner, office.tables(), office.clock, interval, Duration.ofDays(90));
    }

    private SagaRunner metered(MeterRegistry meters) {
        return office.runner(new SagaReport(transactions, meters), Trip.DEFINITION, Patience.TRIP);
    }

    private Cancel.Outcome cancel(UUID trip) {
        return office.cancel(Patience.TRIP, trip, "too late");
    }

    private int wakeAll() {
        var all = 0;
        int batch;
        do {
            batch = QuarkusTransaction.requiringNew().call(office.runner::wakeOnce);
            all += batch;
        } while (batch > 0);
        return all;
    }

    private UUID finished() {
        var trip = begin(Patience.TRIP);
        for (var i = 0; i < 4; i++) {
            office.agree(trip);
        }
        return trip;
    }

    private UUID begin(Saga<Trip> saga) {
        return office.begin(saga, 1).getFirst();
    }

    private List<String> outcomes(UUID trip) {
        return office.queries.history(office.sagaOf(trip)).stream()
                .map(told -> told.outcome().name())
                .toList();
    }

    private String wakeUp(UUID trip) {
        return office.tables()
                .query(
                        "select next_wakeup_at from %1$s.saga where business_key = ?",
                        statement -> new Parameters(statement).value(trip), row -> row.getString(1))
                .getFirst();
    }

    private long count(String table) {
        return office.tables()
                .query("select count(*) from %1$s." + table, statement -> {}, row -> row.getLong(1))
                .getFirst();
    }
}
