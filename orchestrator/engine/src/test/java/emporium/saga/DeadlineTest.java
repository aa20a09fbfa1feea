package emporium.saga;

import static emporium.saga.Patience.SOON;
import static emporium.saga.SagaStatus.COMPENSATED;
import static emporium.saga.SagaStatus.COMPENSATING;
import static emporium.saga.SagaStatus.COMPLETED;
import static emporium.saga.SagaStatus.NEEDS_ATTENTION;
import static emporium.saga.SagaStatus.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.saga.Trip.Busy;
import emporium.saga.Trip.Charge;
import emporium.saga.Trip.Done;
import emporium.saga.Trip.FreeRoom;
import emporium.saga.Trip.FreeSeat;
import emporium.saga.Trip.GiveUp;
import emporium.saga.Trip.No;
import emporium.saga.Trip.PrintTickets;
import emporium.saga.Trip.Refund;
import emporium.saga.Trip.ReserveRoom;
import emporium.saga.Trip.ReserveSeat;
import emporium.saga.Trip.RoomReserved;
import emporium.saga.Trip.SeatReserved;
import emporium.saga.testing.Dialogue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What lateness and technical failures mean, played with time. */
class DeadlineTest {

    private static final Duration LATER = Duration.ofMinutes(2);
    private static final Instant BEGINNING = Instant.parse("2026-03-01T10:00:00Z");

    private final UUID trip = UUID.randomUUID();
    private final Done done = new Done(trip);

    @Test
    void a_command_that_is_not_answered_is_sent_again_and_any_answer_counts() {
        play().asks(new ReserveSeat(trip))
                .after(SOON)
                .asks(new ReserveSeat(trip))
                .late(new ReserveSeat(trip), new SeatReserved("12A"))
                .asks(new ReserveRoom(trip, "12A"), new RoomReserved("404"))
                .is(RUNNING);
    }

    @Test
    void nothing_is_sent_again_before_the_deadline() {
        play().asks(new ReserveSeat(trip)).after(SOON.minusMillis(1)).ends(RUNNING);
    }

    @Test
    void silence_after_the_last_attempt_turns_round_and_undoes_the_late_step_too() {
        var why = "'seat' did not answer in time";
        play().asks(new ReserveSeat(trip))
                .after(LATER)
                .asks(new ReserveSeat(trip))
                .asks(new ReserveSeat(trip))
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, why), done)
                .ends(COMPENSATED);
    }

    @Test
    void what_is_told_of_silence_is_not_what_the_history_says() {
        var saga = Saga.named("polite-trip", Trip.class)
                .onRefusal(Trip::withReason)
                .onFailure((known, _) -> known.withReason("we are sorry"))
                .step("trip", s -> s.compensate(Trip::giveUp))
                .step("seat", s -> s.send(Trip::reserveSeat).deadline(SOON, Lateness.COMPENSATE));
        var transitions = new Transitions<>(saga, Trip::refusal);
        var begun = transitions.start(trip, Trip.of(trip), BEGINNING);
        var turned = transitions.wake(begun.progress(), BEGINNING.plus(SOON));
        assertEquals(
                new GiveUp(trip, "we are sorry"), turned.commands().getFirst().command());
        assertTrue(turned.history().stream().anyMatch(entry -> "'seat' did not answer in time".equals(entry.detail())));
    }

    @Test
    void a_late_step_that_says_so_is_undone_at_once_and_its_late_answer_changes_nothing() {
        seated().asks(new ReserveRoom(trip, "12A"))
                .after(SOON)
                .asks(new FreeRoom(trip))
                .late(new ReserveRoom(trip, "12A"), new RoomReserved("404"))
                .is(COMPENSATING)
                .late(new FreeRoom(trip), done)
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "'room' did not answer in time"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_late_step_that_waits_raises_attention_and_its_late_answer_lets_it_go_on() {
        housed().asks(new Charge(trip))
                .after(LATER)
                .ends(NEEDS_ATTENTION)
                .late(new Charge(trip), done)
                .is(RUNNING)
                .asks(new PrintTickets(trip, "12A", null), done)
                .ends(COMPLETED);
    }

    @Test
    void past_the_pivot_a_command_is_sent_again_without_end_and_visibly_late() {
        var dialogue = housed().asks(new Charge(trip), done).asks(new PrintTickets(trip, "12A", null));
        for (var i = 0; i < 20; i++) {
            dialogue.after(LATER);
            assertTrue(dialogue.progress().outstanding().getFirst().late());
        }
        dialogue.is(RUNNING);
        IntStream.range(0, 20).forEach(_ -> dialogue.asks(new PrintTickets(trip, "12A", null)));
        dialogue.late(new PrintTickets(trip, "12A", null), done).is(COMPLETED);
    }

    @Test
    void a_technical_failure_is_tried_again_after_a_pause_and_a_refusal_is_not() {
        play().asks(new ReserveSeat(trip), new Busy())
                .ends(RUNNING)
                .after(Duration.ofSeconds(5))
                .asks(new ReserveSeat(trip), new No("fully booked"))
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "fully booked"), done)
                .ends(COMPENSATED);
    }

    @Test
    void after_the_last_technical_failure_it_turns_round_and_undoes_what_may_have_been_done() {
        play().asks(new ReserveSeat(trip), new Busy())
                .after(Duration.ofSeconds(5))
                .asks(new ReserveSeat(trip), new Busy())
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "'seat' failed 2 times"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_compensation_that_fails_is_tried_again_and_then_left_to_a_person() {
        seated().asks(new ReserveRoom(trip, "12A"), new No("no room"))
                .asks(new FreeSeat(trip), new Busy())
                .after(LATER)
                .asks(new FreeSeat(trip), new No("the traveller is on board"))
                .after(Duration.ofDays(1))
                .ends(NEEDS_ATTENTION);
    }

    @Test
    void a_compensation_that_is_answered_after_all_needs_nobody_any_more() {
        seated().asks(new ReserveRoom(trip, "12A"), new No("no room"))
                .asks(new FreeSeat(trip))
                .after(LATER)
                .asks(new FreeSeat(trip))
                .is(NEEDS_ATTENTION)
                .late(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "no room"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_saga_that_takes_too_long_turns_round_before_its_pivot() {
        var dialogue = housed().asks(new Charge(trip)).after(Duration.ofMinutes(59));
        dialogue.is(NEEDS_ATTENTION)
                .after(Duration.ofMinutes(1))
                .asks(new Refund(trip), done)
                .asks(new FreeRoom(trip), done)
                .asks(new FreeSeat(trip), done)
                .asks(new GiveUp(trip, "it takes longer than PT1H"), done)
                .ends(COMPENSATED);
    }

    @Test
    void a_saga_that_takes_too_long_goes_on_past_its_pivot() {
        housed().asks(new Charge(trip), done).after(Duration.ofHours(2)).is(RUNNING);
    }

    @Test
    void pauses_double_up_to_the_cap_and_jitter_takes_up_to_a_half() {
        var retry = Retry.times(3).from(Duration.ofSeconds(1)).upTo(Duration.ofSeconds(10));
        var none = new UUID(0, 0);
        var most = new UUID(0, 0xFFFF);
        assertEquals(Duration.ofSeconds(1), retry.pause(1, none));
        assertEquals(Duration.ofSeconds(4), retry.pause(3, none));
        assertEquals(Duration.ofSeconds(2), retry.pause(3, most));
        assertEquals(Duration.ofSeconds(10), retry.pause(5, none));
        assertEquals(Duration.ofSeconds(10), retry.pause(10_000, none));
    }

    @Test
    void a_configuration_may_name_other_deadlines() {
        var hasty = Patience.TRIP.withDeadlines(Map.of("seat", Duration.ofSeconds(1)));
        Dialogue.play(hasty, Trip.of(trip), Trip::refusal)
                .asks(new ReserveSeat(trip))
                .after(Duration.ofSeconds(1))
                .asks(new ReserveSeat(trip))
                .ends(RUNNING);
    }

    private Dialogue<Trip> housed() {
        return seated().asks(new ReserveRoom(trip, "12A"), done);
    }

    private Dialogue<Trip> seated() {
        return play().asks(new ReserveSeat(trip), new SeatReserved("12A"));
    }

    private Dialogue<Trip> play() {
        return Dialogue.play(Patience.TRIP, Trip.of(trip), Trip::refusal);
    }
}
