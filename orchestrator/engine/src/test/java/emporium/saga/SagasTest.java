package emporium.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is refused when a program starts with definitions that could not work in it. */
class SagasTest {

    private record Lost() {}

    @Test
    void a_command_without_a_wire_name_is_refused() {
        var wire = new HashMap<>(Trip.WIRE);
        wire.remove("trips.FreeRoom.v1");
        refused("saga book-trip v1: 'room' sends FreeRoom (no wire name), which nobody takes", wire, Trip.DEFINITION);
    }

    @Test
    void a_reply_type_that_nobody_sends_is_refused() {
        var saga = Saga.named("wait", Trip.class)
                .step("seat", s -> s.send(Trip::reserveSeat).onReply(Lost.class, (trip, lost) -> trip));
        var sentence = "saga wait v1: 'seat' awaits Lost (no wire name), which nobody whom it asks sends";
        refused(sentence, Trip.WIRE, saga);
    }

    @Test
    void a_reply_of_somebody_else_than_whom_the_step_asks_is_refused() {
        var wire = new HashMap<>(Trip.WIRE);
        wire.put("hotels.Lost.v1", Lost.class);
        var saga = Saga.named("wait", Trip.class)
                .step("seat", s -> s.send(trip -> trip.reserveSeat()).retryOn(Lost.class, Retry.times(2)));
        refused("saga wait v1: 'seat' awaits hotels.Lost.v1, which nobody whom it asks sends", wire, saga);
    }

    @Test
    void one_definition_twice_is_refused_and_two_versions_are_not() {
        refused("saga book-trip v1 is defined twice", Trip.WIRE, Trip.DEFINITION, Trip.DEFINITION);
        Sagas.of(Trip.WIRE, Trip::refusal, Trip.DEFINITION, Trip.AT_ONCE, Patience.TRIP);
    }

    private static void refused(String sentence, Map<String, Class<?>> wire, Saga<?>... definitions) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Sagas.of(wire, Trip::refusal, definitions));
        assertEquals(sentence, refusal.getMessage());
    }
}
