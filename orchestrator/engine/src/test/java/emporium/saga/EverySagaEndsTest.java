package emporium.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.MessageIds;
import emporium.saga.Decision.Outgoing;
import emporium.saga.Trip.Charge;
import emporium.saga.Trip.CheckTraveller;
import emporium.saga.Trip.FreeRoom;
import emporium.saga.Trip.FreeSeat;
import emporium.saga.Trip.GiveUp;
import emporium.saga.Trip.No;
import emporium.saga.Trip.PrintTickets;
import emporium.saga.Trip.ReserveRoom;
import emporium.saga.Trip.ReserveSeat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Plays the pure core against participants that agree, refuse, repeat themselves, come late and talk nonsense. */
class EverySagaEndsTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final UUID ID = MessageIds.derived(new UUID(0, 0), "saga", AT);
    private static final Map<Class<?>, Class<?>> UNDOES =
            Map.of(ReserveSeat.class, FreeSeat.class, ReserveRoom.class, FreeRoom.class);

    enum Move {
        AGREE,
        REFUSE,
        REPEAT,
        FOREIGN
    }

    @Property(tries = 20_000)
    void whatever_is_answered_it_ends_and_undoes_exactly_what_was_done_in_reverse(@ForAll("moves") List<Move> moves) {
        var run = new Run();
        moves.forEach(run::play);
        run.agreeToTheRest();
        run.check();
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.just(Move.AGREE)),
                        Tuple.of(1, Arbitraries.just(Move.REFUSE)),
                        Tuple.of(1, Arbitraries.of(Move.REPEAT, Move.FOREIGN)))
                .list()
                .ofMaxSize(30);
    }

    /** One saga and all that its participants heard and said. */
    private static final class Run {

        private final Transitions<Trip> transitions = new Transitions<>(Trip.DEFINITION, Trip::refusal);
        private final List<Outgoing> sent = new ArrayList<>();
        private final List<Object> agreed = new ArrayList<>();
        private final List<UUID> answered = new ArrayList<>();
        private Progress<Trip> progress;

        Run() {
            take(transitions.start(ID, Trip.of(ID), AT));
        }

        void agreeToTheRest() {
            while (!progress.outstanding().isEmpty()) {
                play(Move.AGREE);
            }
        }

        void play(Move move) {
            switch (move) {
                case AGREE -> answer(false);
                case REFUSE -> answer(true);
                case REPEAT -> answered.forEach(this::unheard);
                case FOREIGN -> unheard(UUID.randomUUID());
            }
        }

        private void answer(boolean refuse) {
            if (progress.outstanding().isEmpty()) {
                return;
            }
            var command = sent.getLast();
            answered.add(command.id());
            if (!refuse) {
                agreed.add(command.command());
            }
            take(reply(command.id(), refuse ? new No("no") : Trip.yes(command.command())));
        }

        private void unheard(UUID command) {
            var before = progress;
            take(reply(command, new No("late")));
            assertEquals(before, progress);
        }

        private Decision<Trip> reply(UUID command, Object body) {
            return transitions.reply(progress, new Transitions.Reply(UUID.randomUUID(), command, body), AT);
        }

        private void take(Decision<Trip> decision) {
            progress = decision.progress();
            sent.addAll(decision.commands());
        }

        void check() {
            assertEquals(sent.size(), sent.stream().map(Outgoing::id).distinct().count());
            switch (progress.status()) {
                case COMPLETED ->
                    assertEquals(PrintTickets.class, agreed.getLast().getClass());
                case COMPENSATED -> assertEquals(expectedUndo(), undone());
                case NEEDS_ATTENTION -> assertTrue(refusedForGood(sent.getLast().command()));
                default -> throw new AssertionError("ended " + progress.status());
            }
        }

        private List<Class<?>> expectedUndo() {
            var expected = new ArrayList<Class<?>>();
            agreed.forEach(command -> {
                if (UNDOES.containsKey(command.getClass())) {
                    expected.addFirst(UNDOES.get(command.getClass()));
                }
            });
            expected.add(GiveUp.class);
            return expected;
        }

        private List<Class<?>> undone() {
            return sent.stream()
                    .<Class<?>>map(outgoing -> outgoing.command().getClass())
                    .filter(type -> UNDOES.containsValue(type) || type == GiveUp.class)
                    .toList();
        }

        /** Only what comes after the pivot, and compensations, leave nowhere to go when refused. */
        private static boolean refusedForGood(Object command) {
            return !(command instanceof CheckTraveller
                    || command instanceof ReserveSeat
                    || command instanceof ReserveRoom
                    || command instanceof Charge);
        }
    }
}
