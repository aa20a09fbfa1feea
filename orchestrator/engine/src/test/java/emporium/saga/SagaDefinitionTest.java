package emporium.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SagaDefinitionTest {

    private final Saga<Trip> sound =
            Saga.named("book-trip", Trip.class).version(3).step("seat", s -> s.send(Trip::reserveSeat));

    @Test
    void a_definition_tells_its_name_version_and_steps_in_order() {
        assertEquals("book-trip v1", Trip.DEFINITION.toString());
        assertEquals(3, sound.version());
        assertEquals(List.of("trip", "traveller", "seat", "room", "charge", "tickets"), Trip.DEFINITION.stepNames());
    }

    @Test
    void two_steps_of_one_name_are_refused() {
        refused(
                "saga book-trip v3: 'seat' is the name of two steps",
                () -> sound.step("seat", s -> s.send(Trip::reserveSeat)));
    }

    @Test
    void a_second_pivot_is_refused() {
        refused("saga book-trip v3: 'tickets' is a second pivot", () -> sound.step(
                        "charge", s -> s.send(Trip::charge).pivot())
                .step("tickets", s -> s.send(Trip::printTickets).pivot()));
    }

    @Test
    void a_compensation_after_the_pivot_is_refused() {
        refused("saga book-trip v3: 'room' declares a compensation after the pivot", () -> sound.step(
                        "charge", s -> s.send(Trip::charge).pivot())
                .step("room", s -> s.send(Trip::reserveRoom).compensate(Trip::freeRoom)));
    }

    @Test
    void a_step_that_would_turn_round_after_the_pivot_is_refused() {
        refused("saga book-trip v3: 'tickets' would turn round after the pivot when it is late", () -> sound.step(
                        "charge", s -> s.send(Trip::charge).pivot())
                .step("tickets", s -> s.send(Trip::printTickets).deadline(Duration.ofSeconds(1), Lateness.COMPENSATE)));
    }

    @Test
    void a_way_back_where_there_is_only_forward_is_refused() {
        var forward = Saga.named("refund", Trip.class).forwardOnly();
        refused(
                "saga refund v1: 'seat' declares a compensation after the pivot",
                () -> forward.step("seat", s -> s.send(Trip::reserveSeat).compensate(Trip::freeSeat)));
        refused(
                "saga refund v1: 'seat' is a pivot where there is only forward",
                () -> forward.step("seat", s -> s.send(Trip::reserveSeat).pivot()));
    }

    @Test
    void a_deadline_that_leaves_no_time_is_refused() {
        refused(
                "saga book-trip v3: 'room' has a deadline that leaves no time",
                () -> sound.step("room", s -> s.send(Trip::reserveRoom).deadline(Duration.ZERO)));
    }

    @Test
    void a_deadline_for_a_step_that_there_is_not_is_refused() {
        var refusal = assertThrows(
                IllegalStateException.class, () -> sound.withDeadlines(Map.of("sea", Duration.ofSeconds(1))));
        assertEquals("book-trip v3 has no step 'sea'", refusal.getMessage());
    }

    @Test
    void a_step_that_neither_sends_nor_compensates_is_refused() {
        refused("saga book-trip v3: 'idle' neither sends nor compensates", () -> sound.step("idle", s -> {}));
    }

    @Test
    void a_step_that_awaits_a_reply_but_sends_nothing_is_refused() {
        refused(
                "saga book-trip v3: 'deaf' awaits a reply but sends nothing",
                () -> sound.step("deaf", s -> s.onReply(Trip.SeatReserved.class, Trip::withSeat)
                        .compensate(Trip::freeSeat)));
    }

    @Test
    void a_reply_declared_twice_is_refused() {
        refused(
                "saga book-trip v3: 'again' declares a reply twice",
                () -> sound.step("again", s -> s.send(Trip::reserveSeat)
                        .onReply(Trip.SeatReserved.class, Trip::withSeat)
                        .onReply(Trip.SeatReserved.class, Trip::withSeat)));
    }

    @Test
    void a_name_that_would_not_survive_storage_is_refused() {
        refused(
                "saga book-trip v3: 'A seat' is no step name: use lower-case letters, digits and hyphens",
                () -> sound.step("A seat", s -> s.send(Trip::reserveSeat)));
        refused(
                "'Book trip' v1 is no saga: names are lower-case letters, digits and hyphens, versions count from 1",
                () -> Saga.named("Book trip", Trip.class));
    }

    private static void refused(String sentence, Executable definition) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, definition).getMessage());
    }
}
