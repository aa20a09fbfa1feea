package emporium.saga;

import static emporium.saga.SagaStatus.COMPENSATED;
import static emporium.saga.SagaStatus.COMPENSATING;
import static emporium.saga.SagaStatus.COMPLETED;
import static emporium.saga.SagaStatus.NEEDS_ATTENTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

class BookTripTest {

    private final UUID trip = UUID.randomUUID();
    private final Done done = new Done(trip);

    @Test
    void a_trip_on_which_all_agree_is_booked_with_what_the_replies_told() {
        charged()
                .asks(new Charge(trip), done)
                .asks(new PrintTickets(trip, "12A", "404"), done)
                .ends(COMPLETED);
    }

    @Test
    void a_refusal_undoes_what_was_done_in_reverse_and_tells_the_reason() {
        charged()
                .asks(new Charge(trip), new No("card expired"))
                .asks(new FreeRoom(trip), done)
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "card expired"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_refused_step_has_done_nothing_and_is_not_undone() {
        play().asks(new CheckTraveller(trip), done)
                .asks(new ReserveSeat(trip), new No("fully booked"))
                .asks(new GiveUp(trip, "fully booked"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_refusal_of_the_first_command_undoes_the_steps_that_send_nothing() {
        play().asks(new CheckTraveller(trip), new No("no passport"))
                .asks(new GiveUp(trip, "no passport"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_refusal_after_the_pivot_needs_attention_and_undoes_nothing() {
        charged()
                .asks(new Charge(trip), done)
                .asks(new PrintTickets(trip, "12A", "404"), new No("no paper"))
                .ends(NEEDS_ATTENTION);
    }

    @Test
    void a_compensation_that_is_refused_again_and_again_needs_attention() {
        var dialogue = charged().asks(new Charge(trip), new No("card expired"));
        for (var i = 0; i < 10; i++) {
            dialogue.is(COMPENSATING)
                    .asks(new FreeRoom(trip), new No("the guest is in"))
                    .after(Duration.ofMinutes(1));
        }
        dialogue.ends(NEEDS_ATTENTION);
    }

    @Test
    void a_reply_that_answers_no_open_command_changes_nothing_at_any_time() {
        play().ignores(new No("from nowhere"))
                .asks(new CheckTraveller(trip), done)
                .ignores(done)
                .asks(new ReserveSeat(trip), new No("fully booked"))
                .ignores(new SeatReserved("1A"))
                .asks(new GiveUp(trip, "fully booked"), done)
                .ignores(done)
                .ends(COMPENSATED);
    }

    @Test
    void a_dialogue_that_goes_otherwise_fails_and_tells_how_it_went() {
        var wrong = assertThrows(AssertionError.class, () -> play().asks(new CheckTraveller(trip), done)
                .asks(new Charge(trip), done));
        assertTrue(wrong.getMessage().startsWith("expected: asks Charge"), wrong.getMessage());
        assertTrue(wrong.getMessage().contains("but it is RUNNING and asks [ReserveSeat"), wrong.getMessage());
        assertThrows(AssertionError.class, () -> play().ends(COMPLETED));
        assertEquals("12A", charged().draft().seat());
    }

    private Dialogue<Trip> charged() {
        return play().asks(new CheckTraveller(trip), done)
                .asks(new ReserveSeat(trip), new SeatReserved("12A"))
                .asks(new ReserveRoom(trip, "12A"), new RoomReserved("404"));
    }

    private Dialogue<Trip> play() {
        return Dialogue.play(Trip.DEFINITION, Trip.of(trip), Trip::refusal);
    }
}
