package emporium.saga;

import static emporium.saga.Patience.SOON;
import static emporium.saga.SagaStatus.COMPENSATED;
import static emporium.saga.SagaStatus.COMPENSATING;
import static emporium.saga.SagaStatus.COMPLETED;
import static emporium.saga.SagaStatus.NEEDS_ATTENTION;
import static emporium.saga.SagaStatus.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.Envelope;
import emporium.messaging.Received;
import emporium.saga.Trip.FreeRoom;
import emporium.saga.Trip.FreeSeat;
import emporium.saga.Trip.GiveUp;
import emporium.saga.Trip.No;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One test for each thing that users of saga engines suffer from, named after it. */
@QuarkusTest
class NeverStuckTest {

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
    void sagas_that_wait_for_ever_for_a_reply() {
        var trip = begin(Patience.TRIP);
        for (var sending = 0; sending < 3; sending++) {
            assertEquals(RUNNING, office.find(trip).status());
            office.after(LATER);
        }
        assertEquals(COMPENSATING, office.find(trip).status());
        office.agree(trip);
        office.agree(trip);
        assertEquals(COMPENSATED, office.find(trip).status());
    }

    @Test
    void a_failed_compensation_that_ends_silently_or_repeats_for_ever() {
        var trip = begin(Patience.TRIP);
        office.agree(trip);
        office.handle(List.of(office.reply(trip, new No("no room"))));
        office.handle(List.of(office.reply(trip, new No("the traveller is on board"))));
        office.after(LATER);
        office.handle(List.of(office.reply(trip, new No("the traveller is on board"))));
        assertEquals(NEEDS_ATTENTION, office.find(trip).status());
        var sent = office.sent(trip).size();
        for (var i = 0; i < 10; i++) {
            office.after(LATER);
        }
        assertEquals(sent, office.sent(trip).size());
        assertEquals("seat", office.find(trip).step());
    }

    @Test
    void an_action_done_whose_answer_was_lost_and_which_is_never_undone() {
        var trip = begin(Patience.TRIP);
        office.agree(trip);
        // the room is reserved, and nobody hears of it
        office.after(SOON);
        assertEquals(List.of(FreeRoom.class), lastSent(trip, 1));
        office.agree(trip);
        office.agree(trip);
        office.agree(trip);
        assertEquals(COMPENSATED, office.find(trip).status());
        assertEquals(List.of(FreeRoom.class, FreeSeat.class, GiveUp.class), lastSent(trip, 3));
    }

    @Test
    void cancel_that_does_not_compensate() {
        var trip = begin(Patience.TRIP);
        office.agree(trip);
        office.cancel(Patience.TRIP, trip, "changed my mind");
        office.agree(trip);
        office.agree(trip);
        office.agree(trip);
        office.agree(trip);
        assertEquals(COMPENSATED, office.find(trip).status());
        assertEquals(List.of(FreeRoom.class, FreeSeat.class, GiveUp.class), lastSent(trip, 3));
        assertEquals(
                new GiveUp(trip, "cancelled: changed my mind"),
                office.sent(trip).getLast().command());
    }

    @Test
    void compensation_in_the_wrong_order() {
        var trip = begin(Trip.AT_ONCE);
        var outstanding = office.find(trip).outstanding();
        // room, seat, traveller: the answers come in another order than the steps
        office.handle(List.of(
                office.reply(trip, outstanding.get(2).command(), new Trip.RoomReserved("404")),
                office.reply(trip, outstanding.get(1).command(), new Trip.SeatReserved("12A")),
                office.reply(trip, outstanding.get(0).command(), new No("no passport"))));
        office.agree(trip);
        office.agree(trip);
        office.agree(trip);
        assertEquals(COMPENSATED, office.find(trip).status());
        assertEquals(List.of(FreeRoom.class, FreeSeat.class, GiveUp.class), lastSent(trip, 3));
    }

    @Test
    void a_deploy_that_breaks_sagas_in_flight() {
        var old = office.runner(Trip.DEFINITION);
        old.checkStoredSagas();
        var trip = begin(Trip.DEFINITION);
        var breaking = Saga.named("book-trip", Trip.class)
                .step("trip", s -> s.compensate(Trip::giveUp))
                .step("traveller", s -> s.send(Trip::checkTraveller))
                .step("charge", s -> s.send(Trip::charge).pivot())
                .step("seat", s -> s.send(Trip::reserveSeat));
        var refusal = assertThrows(
                IllegalStateException.class, () -> office.runner(breaking).checkStoredSagas());
        assertTrue(
                refusal.getMessage().startsWith("saga book-trip v1 has changed in a way that would break 1 unfinished"),
                refusal.getMessage());
        assertTrue(refusal.getMessage().contains("no longer: step 3 'room'"), refusal.getMessage());
        // side by side, the old one goes on as it began
        office.runner(Trip.DEFINITION, Trip.AT_ONCE).checkStoredSagas();
        for (var step : List.of("traveller", "seat", "room", "charge", "tickets")) {
            assertEquals(step, office.find(trip).step());
            office.agree(trip);
        }
        assertEquals(COMPLETED, office.find(trip).status());
    }

    @Test
    void replies_that_overtake_the_commit() {
        var trip = office.begin(1).getFirst();
        var early = new CompletableFuture<Throwable>();
        QuarkusTransaction.requiringNew().run(() -> {
            var next = TravelOffice.starts(List.of(UUID.randomUUID())).getFirst();
            office.runner.start(Trip.AT_ONCE, List.of(next));
            var reply = office.reply(trip, UUID.randomUUID(), new Trip.Done(null));
            var overtaking = new Received<Object>(
                    reply.body(), conversation(reply.envelope(), TravelOffice.idOf(next.businessKey())));
            Thread.ofVirtual().start(() -> early.complete(failure(() -> office.handle(List.of(overtaking)))));
            // kept: the receiver tries it again, instead of it being lost
            assertEquals(UnknownSaga.class, early.join().getClass());
        });
        office.agree(trip);
        assertEquals("seat", office.find(trip).step());
    }

    @Test
    void rows_stuck_in_running_that_no_one_sees() {
        var late = begin(Patience.TRIP);
        office.clock.pass(Duration.ofMinutes(10));
        var young = begin(Trip.DEFINITION);
        var tenMinutes = new SagaQueries.Filter(
                RUNNING, null, null, office.clock.instant().minusSeconds(300));
        assertEquals(
                List.of(late),
                office.queries.list(tenMinutes, null, 10).stream()
                        .map(SagaQueries.Found::businessKey)
                        .toList());
        office.after(Duration.ZERO);
        assertTrue(office.find(late).late());
        assertEquals(false, office.find(young).late());
        var meters = new SimpleMeterRegistry();
        new SagaReport(transactions, meters)
                .show(
                        office.queries.inFlight(),
                        Sagas.of(Trip.WIRE, Trip::refusal, Patience.TRIP),
                        office.clock.instant());
        assertTrue(meters.get("sagas.oldest")
                        .tag("definition", "patient-trip")
                        .gauge()
                        .value()
                >= 600);
        assertEquals(
                1, meters.get("sagas.in.flight").tag("step", "seat").gauge().value());
    }

    @Test
    void a_view_that_is_paid_for_or_hours_late() {
        var trip = begin(Patience.TRIP);
        assertEquals(List.of("STARTED", "SENT"), outcomes(trip));
        office.after(SOON);
        assertEquals(List.of("STARTED", "SENT", "TIMED_OUT", "SENT"), outcomes(trip));
        office.operate(trip, OperatorMove.RETRY, "the line was down");
        assertEquals(List.of("STARTED", "SENT", "TIMED_OUT", "SENT", "RETRIED", "SENT"), outcomes(trip));
        assertEquals(
                "the line was down",
                office.queries.history(office.sagaOf(trip)).get(4).detail());
        office.agree(trip);
        assertEquals(List.of("SUCCEEDED", "SENT"), outcomes(trip).subList(6, 8));
        // and it tells nothing that has not happened
        var told = outcomes(trip);
        assertThrows(
                IllegalStateException.class,
                () -> TravelOffice.transaction(() -> {
                    office.runner.handle(List.of(office.yes(trip)));
                    throw new IllegalStateException("the power is gone");
                }));
        assertEquals(told, outcomes(trip));
    }

    private UUID begin(Saga<Trip> saga) {
        return office.begin(saga, 1).getFirst();
    }

    private List<String> outcomes(UUID trip) {
        return office.queries.history(office.sagaOf(trip)).stream()
                .map(told -> told.outcome().name())
                .toList();
    }

    private List<?> lastSent(UUID trip, int number) {
        var sent = office.sent(trip);
        return sent.subList(sent.size() - number, sent.size()).stream()
                .map(one -> one.command().getClass())
                .toList();
    }

    private static Envelope conversation(Envelope envelope, UUID saga) {
        return new Envelope(
                envelope.id(),
                envelope.type(),
                envelope.source(),
                envelope.key(),
                envelope.correlationId(),
                envelope.causationId(),
                saga,
                null,
                null);
    }

    private static Throwable failure(Runnable work) {
        try {
            work.run();
            return new AssertionError("was taken");
        } catch (RuntimeException e) {
            return e;
        }
    }
}
