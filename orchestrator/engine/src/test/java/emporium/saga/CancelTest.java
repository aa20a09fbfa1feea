package emporium.saga;

import static emporium.saga.SagaStatus.COMPENSATED;
import static emporium.saga.SagaStatus.COMPENSATING;
import static emporium.saga.SagaStatus.COMPLETED;
import static emporium.saga.SagaStatus.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import emporium.saga.Trip.Charge;
import emporium.saga.Trip.Done;
import emporium.saga.Trip.FreeRoom;
import emporium.saga.Trip.FreeSeat;
import emporium.saga.Trip.GiveUp;
import emporium.saga.Trip.PrintTickets;
import emporium.saga.Trip.Refund;
import emporium.saga.Trip.ReserveRoom;
import emporium.saga.Trip.ReserveSeat;
import emporium.saga.Trip.SeatReserved;
import emporium.saga.testing.Dialogue;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CancelTest {

    private final UUID trip = UUID.randomUUID();
    private final Done done = new Done(trip);

    @Test
    void a_cancel_undoes_what_was_done_and_tells_why() {
        seated().asks(new ReserveRoom(trip, "12A"))
                .cancelled("too dear")
                .ends(COMPENSATING)
                .late(new ReserveRoom(trip, "12A"), done)
                .asks(new FreeRoom(trip), done)
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "cancelled: too dear"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_cancel_while_the_pivot_is_out_waits_for_its_answer_and_undoes_it() {
        var dialogue = housed().asks(new Charge(trip)).cancelled("too dear").late(new Charge(trip), done);
        dialogue.asks(new Refund(trip), done).asks(new FreeRoom(trip), done).asks(new FreeSeat(trip), done);
        dialogue.asks(new GiveUp(trip, "cancelled: too dear"), done).ends(COMPENSATED);
        assertNull(dialogue.progress().cancelled());
    }

    @Test
    void a_cancel_does_not_wait_for_what_is_late_already() {
        housed().asks(new Charge(trip))
                .after(Duration.ofMinutes(1))
                .cancelled("too slow")
                .asks(new Refund(trip), done)
                .asks(new FreeRoom(trip), done)
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "cancelled: too slow"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_cancel_after_the_pivot_is_remembered_to_the_end() {
        var dialogue = housed().asks(new Charge(trip), done)
                .cancelled("too late")
                .is(RUNNING)
                .asks(new PrintTickets(trip, "12A", null), done)
                .ends(COMPLETED);
        assertEquals("too late", dialogue.progress().cancelled());
    }

    @Test
    void a_cancel_while_it_goes_back_is_told_to_what_is_still_to_be_undone() {
        seated().asks(new ReserveRoom(trip, "12A"), new Trip.No("no room"))
                .cancelled("never mind")
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "cancelled: never mind"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_cancel_after_the_end_changes_nothing() {
        var ended = housed().asks(new Charge(trip), done)
                .asks(new PrintTickets(trip, "12A", null), done)
                .ends(COMPLETED);
        var before = ended.progress();
        assertEquals(before, ended.cancelled("too late").progress());
    }

    @Test
    void a_saga_that_only_goes_forward_remembers_every_cancel() {
        var saga = Saga.named("refund-trip", Trip.class).forwardOnly().step("refund", s -> s.send(Trip::refund));
        var dialogue = Dialogue.play(saga, Trip.of(trip), Trip::refusal).cancelled("no, yes");
        dialogue.is(RUNNING).after(Duration.ofDays(1)).is(RUNNING);
        dialogue.asks(new Refund(trip), done).is(COMPLETED);
        assertEquals("no, yes", dialogue.progress().cancelled());
    }

    private Dialogue<Trip> housed() {
        return seated().asks(new ReserveRoom(trip, "12A"), done);
    }

    private Dialogue<Trip> seated() {
        return Dialogue.play(Patience.TRIP, Trip.of(trip), Trip::refusal)
                .asks(new ReserveSeat(trip), new SeatReserved("12A"));
    }
}
