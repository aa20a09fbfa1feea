package emporium.saga;

import static emporium.saga.SagaStatus.COMPENSATED;
import static emporium.saga.SagaStatus.COMPENSATING;
import static emporium.saga.SagaStatus.COMPLETED;
import static emporium.saga.SagaStatus.RUNNING;

import emporium.saga.Trip.Charge;
import emporium.saga.Trip.CheckTraveller;
import emporium.saga.Trip.Done;
import emporium.saga.Trip.FreeRoom;
import emporium.saga.Trip.FreeSeat;
import emporium.saga.Trip.GiveUp;
import emporium.saga.Trip.No;
import emporium.saga.Trip.PrintTickets;
import emporium.saga.Trip.ReserveRoom;
import emporium.saga.Trip.ReserveSeat;
import emporium.saga.Trip.RoomReserved;
import emporium.saga.Trip.SeatReserved;
import emporium.saga.testing.Dialogue;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ParallelStepsTest {

    private final UUID trip = UUID.randomUUID();
    private final Done done = new Done(trip);

    @Test
    void steps_beside_each_other_are_asked_at_once_and_all_must_succeed_before_the_next() {
        play().asks(new ReserveRoom(trip, null), new RoomReserved("404"))
                .asks(new CheckTraveller(trip), done)
                .is(RUNNING)
                .asks(new ReserveSeat(trip), new SeatReserved("12A"))
                .asks(new Charge(trip), done)
                .asks(new PrintTickets(trip, "12A", "404"), done)
                .ends(COMPLETED);
    }

    @Test
    void the_first_refusal_waits_for_the_others_answers_and_undoes_what_was_done_in_reverse() {
        play().asks(new CheckTraveller(trip), new No("no passport"))
                .asks(new ReserveSeat(trip))
                .asks(new ReserveRoom(trip, null))
                .is(COMPENSATING)
                .late(new ReserveRoom(trip, null), new RoomReserved("404"))
                .late(new ReserveSeat(trip), new SeatReserved("12A"))
                .asks(new FreeRoom(trip), done)
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "no passport"), done)
                .ends(COMPENSATED);
    }

    @Test
    void what_refuses_as_well_is_not_undone_and_the_first_reason_stands() {
        play().asks(new CheckTraveller(trip), new No("no passport"))
                .asks(new ReserveSeat(trip), new No("fully booked"))
                .asks(new ReserveRoom(trip, null), new RoomReserved("404"))
                .asks(new FreeRoom(trip), done)
                .asks(new GiveUp(trip, "no passport"), done)
                .ends(COMPENSATED);
    }

    @Test
    void after_the_turn_an_answer_is_waited_for_until_its_deadline_and_then_undone() {
        play().asks(new CheckTraveller(trip), new No("no passport"))
                .asks(new ReserveSeat(trip), new SeatReserved("12A"))
                .asks(new ReserveRoom(trip, null))
                .after(Duration.ofSeconds(59))
                .ends(COMPENSATING)
                .after(Duration.ofSeconds(1))
                .asks(new FreeRoom(trip), done)
                .late(new ReserveRoom(trip, null), new RoomReserved("404"))
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "no passport"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_cancel_waits_for_the_answers_that_are_out_and_undoes_what_was_done() {
        play().asks(new CheckTraveller(trip), done)
                .asks(new ReserveSeat(trip), new SeatReserved("12A"))
                .asks(new ReserveRoom(trip, null))
                .cancelled("changed my mind")
                .ends(COMPENSATING)
                .late(new ReserveRoom(trip, null), new No("no room"))
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "changed my mind"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_pivot_among_them_is_passed_when_all_have_succeeded() {
        var saga = Saga.named("race", Trip.class)
                .step("trip", s -> s.compensate(Trip::giveUp))
                .step(
                        "charge",
                        s -> s.send(Trip::charge).compensate(Trip::refund).pivot())
                .alongside("traveller", s -> s.send(Trip::checkTraveller))
                .step("tickets", s -> s.send(Trip::printTickets));
        Dialogue.play(saga, Trip.of(trip), Trip::refusal)
                .asks(new Charge(trip), done)
                .asks(new CheckTraveller(trip), new No("no passport"))
                .asks(new Trip.Refund(trip), done)
                .asks(new GiveUp(trip, null), done)
                .ends(COMPENSATED);
    }

    private Dialogue<Trip> play() {
        return Dialogue.play(Trip.AT_ONCE, Trip.of(trip), Trip::refusal);
    }
}
