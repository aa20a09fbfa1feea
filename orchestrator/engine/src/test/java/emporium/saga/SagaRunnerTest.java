package emporium.saga;

import static emporium.saga.TravelOffice.idOf;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.MessageIds;
import emporium.messaging.Received;
import emporium.saga.Trip.Done;
import emporium.saga.Trip.No;
import emporium.saga.Trip.RoomReserved;
import emporium.saga.Trip.SeatReserved;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SagaRunnerTest {

    private static final Done DONE = new Done(null);

    @Inject
    TravelOffice office;

    @BeforeEach
    void open() {
        office.open();
    }

    @Test
    void a_saga_goes_from_reply_to_reply_and_tells_its_whole_story() {
        var trip = begin();
        for (var step : List.of("traveller", "seat", "room", "charge", "tickets")) {
            assertEquals(step, office.find(trip).step());
            office.agree(trip);
        }
        assertEquals(SagaStatus.COMPLETED, office.find(trip).status());
        assertEquals("null SAGA null STARTED", office.history(trip).getFirst());
        assertEquals(
                "seat ACTION trips.ReserveSeat.v1 SENT", office.history(trip).get(3));
        assertEquals(
                "seat ACTION trips.SeatReserved.v1 SUCCEEDED",
                office.history(trip).get(4));
        assertEquals("null SAGA null COMPLETED", office.history(trip).getLast());
        assertEquals(12, office.history(trip).size());
    }

    @Test
    void a_refusal_is_undone_across_transactions_and_the_reason_is_kept() {
        var trip = begin();
        office.agree(trip);
        office.agree(trip);
        office.handle(List.of(office.reply(trip, new No("no room"))));
        assertEquals(SagaStatus.COMPENSATING, office.find(trip).status());
        office.agree(trip);
        office.agree(trip);
        assertEquals(SagaStatus.COMPENSATED, office.find(trip).status());
        assertEquals(
                new Trip.GiveUp(trip, "no room"), office.sent(trip).getLast().command());
        assertTrue(office.history(trip).contains("room ACTION trips.No.v1 REFUSED"));
    }

    @Test
    void a_second_start_for_the_same_key_leaves_the_first_as_it_is() {
        var trip = begin();
        office.agree(trip);
        office.start(List.of(trip, trip));
        assertEquals("seat", office.find(trip).step());
        assertEquals(2, office.sent(trip).size());
        assertEquals(4, office.history(trip).size());
    }

    @Test
    void a_batch_of_replies_costs_as_many_statements_as_one() {
        var one = office.begin(1);
        var many = office.begin(100);
        assertEquals(3, statementsToAgree(one), "lock, drafts, and all that is written");
        assertEquals(3, statementsToAgree(many));
        assertEquals(3, statementsToAgree(many), "the seats are new in the drafts");
    }

    @Test
    void a_batch_of_starts_costs_as_many_statements_as_one() {
        assertEquals(3, office.statements.during(() -> office.begin(1)), "sagas, those that ended, their beginnings");
        assertEquals(3, office.statements.during(() -> office.begin(100)));
    }

    @Test
    void several_replies_for_one_saga_in_one_batch_are_taken_in_order() {
        var trip = begin();
        var yes = office.yes(trip);
        var no = office.reply(trip, new No("too late to say no"));
        office.handle(List.of(yes, no));
        assertEquals("seat", office.find(trip).step());
        assertTrue(office.history(trip).contains("null SAGA trips.No.v1 IGNORED"));
    }

    @Test
    void late_repeated_and_foreign_replies_are_recorded_and_change_nothing() {
        var trip = begin();
        var first = office.yes(trip);
        office.handle(List.of(first));
        var before = office.find(trip);
        var draft = office.draft(trip);
        office.handle(List.of(first, office.reply(trip, UUID.randomUUID(), new No("from nowhere"))));
        assertEquals(before.step(), office.find(trip).step());
        assertEquals(before.status(), office.find(trip).status());
        assertEquals(draft, office.draft(trip));
        assertEquals(2, office.sent(trip).size());
        assertEquals("null SAGA trips.Done.v1 IGNORED", office.history(trip).get(4));
        assertEquals("null SAGA trips.No.v1 IGNORED", office.history(trip).get(5));
    }

    @Test
    void a_crash_before_the_commit_loses_nothing_and_the_repetition_does_it_once() {
        var trip = begin();
        var reply = office.yes(trip);
        assertThrows(
                IllegalStateException.class,
                () -> TravelOffice.transaction(() -> {
                    office.runner.handle(List.of(reply));
                    throw new IllegalStateException("the power is gone");
                }));
        assertEquals("traveller", office.find(trip).step());
        assertEquals(2, office.history(trip).size());
        office.handle(List.of(reply));
        assertEquals("seat", office.find(trip).step());
        assertEquals(4, office.history(trip).size());
    }

    @Test
    void a_reply_for_an_unknown_saga_fails_its_batch_by_name_and_nothing_is_done() {
        var known = begin();
        var unknown = UUID.randomUUID();
        var batch = List.of(office.yes(known), office.reply(unknown, UUID.randomUUID(), DONE));
        var failure = assertThrows(UnknownSaga.class, () -> office.handle(batch));
        assertTrue(failure.getMessage().contains(idOf(unknown).toString()), failure.getMessage());
        assertEquals("traveller", office.find(known).step());
    }

    @Test
    void a_runner_that_waits_for_another_sees_all_that_it_has_done() throws Exception {
        var trip = begin();
        office.agree(trip);
        var second = new CompletableFuture<Void>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TravelOffice.transaction(() -> {
                office.runner.handle(List.of(office.reply(trip, new SeatReserved("7F"))));
                var next = office.reply(trip, new RoomReserved("101"));
                threads.execute(() -> finish(second, next));
                await().until(() -> office.waiting() > 0);
            });
            second.get();
        }
        assertEquals("charge", office.find(trip).step());
        assertTrue(office.draft(trip).contains("7F") && office.draft(trip).contains("101"), office.draft(trip));
    }

    @Test
    void two_runners_given_the_same_reply_at_once_take_it_once() throws Exception {
        var trips = office.begin(50);
        var replies = trips.stream().map(office::yes).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream.of(replies, replies.reversed())
                    .map(batch -> threads.submit(() -> office.handle(batch)))
                    .toList()
                    .forEach(SagaRunnerTest::join);
        }
        trips.forEach(trip -> assertEquals("seat", office.find(trip).step()));
        trips.forEach(trip -> assertEquals(2, office.sent(trip).size()));
    }

    @Test
    void outside_of_a_transaction_nothing_is_begun_or_moved() {
        var trip = begin();
        var reply = List.of(office.yes(trip));
        var start = List.of(new Start<>(UUID.randomUUID(), Trip.of(trip), TravelOffice.CONTEXT));
        assertThrows(IllegalStateException.class, () -> office.runner.handle(reply));
        assertThrows(IllegalStateException.class, () -> office.runner.start(Trip.DEFINITION, start));
        assertEquals("traveller", office.find(trip).step());
    }

    @Test
    void commands_carry_on_the_correlation_of_the_reply_and_name_it_as_their_cause() {
        var trip = begin();
        var reply = office.yes(trip);
        office.handle(List.of(reply));
        var command = office.sent(trip).getLast();
        assertEquals(reply.envelope().correlationId(), command.correlation());
        assertEquals(reply.envelope().id(), command.causation());
    }

    @Test
    void an_unfinished_saga_whose_definition_is_missing_is_refused_by_name() {
        var trip = begin();
        office.runner.checkStoredSagas();
        var other = office.runner(
                Saga.named("book-trip", Trip.class).version(2).step("seat", s -> s.send(Trip::reserveSeat)));
        var failure = assertThrows(IllegalStateException.class, other::checkStoredSagas);
        assertTrue(failure.getMessage().contains("book-trip v1 (1)"), failure.getMessage());
        var reply = office.yes(trip);
        assertThrows(
                IllegalStateException.class,
                () -> TravelOffice.transaction(() -> other.handle(List.<Received<?>>of(reply))));
    }

    @Test
    void a_definition_that_the_runner_does_not_have_cannot_be_started() {
        var other = Saga.named("other", Trip.class).step("seat", s -> s.send(Trip::reserveSeat));
        var start = new Start<>(UUID.randomUUID(), Trip.of(null), TravelOffice.CONTEXT);
        var failure = assertThrows(
                IllegalStateException.class,
                () -> TravelOffice.transaction(() -> office.runner.start(other, List.of(start))));
        assertEquals("saga other v1 is not defined here", failure.getMessage());
    }

    @Test
    void sagas_are_listed_newest_first_page_by_page() {
        var trips = office.begin(5);
        var filter = new SagaQueries.Filter(SagaStatus.RUNNING, "book-trip", null, null);
        var page = office.queries.list(filter, null, 2);
        var next = office.queries.list(filter, page.getLast().id(), 2);
        assertEquals(2, page.size());
        assertTrue(page.getFirst().id().compareTo(page.getLast().id()) > 0);
        assertTrue(page.getLast().id().compareTo(next.getFirst().id()) > 0);
        var key = trips.get(2);
        var found = office.queries.list(new SagaQueries.Filter(null, null, key, null), null, 10);
        assertEquals(List.of(office.find(key)), found);
        assertEquals(List.of(), office.queries.list(new SagaQueries.Filter(null, "no-such", null, null), null, 10));
    }

    @Test
    void the_id_of_a_saga_is_as_old_as_its_key() {
        var key = new MessageIds(InstantSource.system()).next();
        assertEquals(MessageIds.timeOf(key), MessageIds.timeOf(idOf(key)));
    }

    private UUID begin() {
        return office.begin(1).getFirst();
    }

    private int statementsToAgree(List<UUID> trips) {
        var replies = trips.stream().map(office::yes).toList();
        return office.statements.during(() -> office.handle(replies));
    }

    private void finish(CompletableFuture<Void> done, Received<Object> reply) {
        try {
            office.handle(List.of(reply));
            done.complete(null);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private static void join(java.util.concurrent.Future<?> work) {
        try {
            work.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
