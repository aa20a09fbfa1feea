package emporium.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Plays the pure core with definitions of all shapes against participants that agree, refuse, fail, are slow, repeat
 * themselves and answer in any order, while time passes, the business cancels and a person meddles.
 */
class EverySagaEndsTest {

    @Property(tries = 100_000, shrinking = ShrinkingMode.BOUNDED)
    void whatever_happens_it_ends_and_undoes_exactly_what_was_or_may_have_been_done_in_reverse(
            @ForAll("sagas") RandomSaga saga, @ForAll("moves") List<Integer> moves) {
        var play = new RandomPlay(saga);
        moves.forEach(play::move);
        play.finish();
        check(play);
    }

    private static void check(RandomPlay play) {
        assertEquals(play.sendings(), play.distinctSendings(), "each sending has an id of its own");
        assertFalse(play.wentForwardAgain(), "nothing new is asked once it goes back");
        assertFalse(play.undidPastThePivot(), "past the pivot nothing is undone");
        assertEquals(List.of(), play.sentTooOften(), "nothing is sent more often than declared");
        assertEquals(play.undone(), play.startsOf(play.toBeUndone()), "undone in reverse, and nothing else");
        switch (play.status()) {
            case COMPLETED -> {
                assertEquals(List.of(), play.undone());
                assertEquals(List.of(), play.notDone());
            }
            case COMPENSATED -> {
                assertEquals(play.toBeUndone(), play.undone());
                assertEquals(List.of(), play.stillDone(), "nothing stays done at the participants");
            }
            case NEEDS_ATTENTION -> assertTrue(play.hasRaisedAttention());
            case RESOLVED -> assertTrue(play.wasResolved());
            default -> throw new AssertionError("ended " + play.status());
        }
    }

    @Provide
    Arbitrary<RandomSaga> sagas() {
        var steps = Arbitraries.integers().between(0, 255).list().ofMinSize(1).ofMaxSize(5);
        return Combinators.combine(steps, Arbitraries.integers().between(-1, 4), Arbitraries.of(true, false))
                .as(RandomSaga::new);
    }

    @Provide
    Arbitrary<List<Integer>> moves() {
        return Arbitraries.integers().between(0, 4095).list().ofMaxSize(40);
    }
}
