package emporium.saga;

import static emporium.saga.OperatorMove.CANCEL;
import static emporium.saga.OperatorMove.RESOLVE;
import static emporium.saga.OperatorMove.RETRY;
import static emporium.saga.OperatorMove.SKIP;
import static emporium.saga.SagaStatus.COMPENSATED;
import static emporium.saga.SagaStatus.COMPLETED;
import static emporium.saga.SagaStatus.NEEDS_ATTENTION;
import static emporium.saga.SagaStatus.RESOLVED;
import static emporium.saga.SagaStatus.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporium.saga.Trip.Charge;
import emporium.saga.Trip.Done;
import emporium.saga.Trip.FreeRoom;
import emporium.saga.Trip.FreeSeat;
import emporium.saga.Trip.GiveUp;
import emporium.saga.Trip.No;
import emporium.saga.Trip.PrintTickets;
import emporium.saga.Trip.ReserveRoom;
import emporium.saga.Trip.ReserveSeat;
import emporium.saga.Trip.SeatReserved;
import emporium.saga.testing.Dialogue;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OperatorMoveTest {

    private final UUID trip = UUID.randomUUID();
    private final Done done = new Done(trip);

    @Test
    void a_retry_sends_what_is_stuck_again_with_all_its_attempts() {
        var dialogue = stuckGoingBack().operator(RETRY, "the plane has landed");
        dialogue.asks(new FreeSeat(trip), new No("still on board"))
                .after(Duration.ofMinutes(2))
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "no room"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_skip_goes_back_past_what_is_stuck() {
        stuckGoingBack()
                .operator(SKIP, "the seat is nobody's business")
                .asks(new GiveUp(trip, "no room"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_skip_goes_forward_past_what_was_refused_after_the_pivot() {
        paid().asks(new PrintTickets(trip, "12A", null), new No("no paper"))
                .ends(NEEDS_ATTENTION)
                .operator(SKIP, "they travel without")
                .ends(COMPLETED);
    }

    @Test
    void a_retry_after_a_refusal_past_the_pivot_asks_once_more() {
        paid().asks(new PrintTickets(trip, "12A", null), new No("no paper"))
                .operator(RETRY, "there is paper")
                .asks(new PrintTickets(trip, "12A", null), done)
                .ends(COMPLETED);
    }

    @Test
    void a_resolve_ends_it_where_it_stands_and_late_answers_change_nothing() {
        paid().asks(new PrintTickets(trip, "12A", null))
                .after(Duration.ofSeconds(30))
                .asks(new PrintTickets(trip, "12A", null))
                .operator(RESOLVE, "printed by hand")
                .late(new PrintTickets(trip, "12A", null), done)
                .ends(RESOLVED);
    }

    @Test
    void a_cancel_turns_it_round_before_the_pivot() {
        seated().asks(new ReserveRoom(trip, "12A"))
                .operator(CANCEL, "fraud")
                .late(new ReserveRoom(trip, "12A"), done)
                .asks(new FreeRoom(trip), done)
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "cancelled: fraud"), done)
                .ends(COMPENSATED);
    }

    @Test
    void what_goes_on_by_itself_is_left_alone_and_the_answer_names_the_state() {
        for (var move : new OperatorMove[] {RETRY, SKIP, RESOLVE}) {
            refused("The saga cannot be " + move.done() + ": it is RUNNING at 'room'.", seated(), move);
        }
    }

    @Test
    void past_the_pivot_nothing_can_be_cancelled() {
        refused("The saga cannot be cancelled: it is RUNNING at 'tickets', past its pivot.", paid(), CANCEL);
        refused("The saga cannot be cancelled: it is NEEDS_ATTENTION at 'seat'.", stuckGoingBack(), CANCEL);
    }

    @Test
    void what_has_ended_stays_as_it_is() {
        var ended = paid().asks(new PrintTickets(trip, "12A", null), done).ends(COMPLETED);
        for (var move : OperatorMove.values()) {
            refused("The saga cannot be " + move.done() + ": it is COMPLETED.", ended, move);
        }
    }

    private static void refused(String sentence, Dialogue<Trip> dialogue, OperatorMove move) {
        var refusal = assertThrows(MoveRefused.class, () -> dialogue.operator(move, "because"));
        assertEquals(sentence, refusal.getMessage());
    }

    private Dialogue<Trip> stuckGoingBack() {
        return seated().asks(new ReserveRoom(trip, "12A"), new No("no room"))
                .asks(new FreeSeat(trip), new No("on board"))
                .after(Duration.ofMinutes(2))
                .asks(new FreeSeat(trip), new No("on board"))
                .ends(NEEDS_ATTENTION);
    }

    private Dialogue<Trip> paid() {
        return seated().asks(new ReserveRoom(trip, "12A"), done)
                .asks(new Charge(trip), done)
                .is(RUNNING);
    }

    private Dialogue<Trip> seated() {
        return Dialogue.play(Patience.TRIP, Trip.of(trip), Trip::refusal)
                .asks(new ReserveSeat(trip), new SeatReserved("12A"));
    }
}
