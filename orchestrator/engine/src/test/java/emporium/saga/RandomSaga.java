package emporium.saga;

import emporium.messaging.MessageIds;
import emporium.saga.Decision.Outgoing;
import emporium.saga.HistoryEntry.Outcome;
import emporium.saga.HistoryEntry.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Sagas of any shape, and a small world of participants in which they are played. */
final class RandomSaga {

    private static final Instant BEGINNING = Instant.parse("2026-03-01T10:00:00Z");
    private static final UUID ID = MessageIds.derived(new UUID(0, 0), "saga", BEGINNING);

    private RandomSaga() {}

    record Plan(int learned) {

        Plan learn(Yes reply) {
            return new Plan(learned + 1);
        }
    }

    record Do(String step) {}

    record Undo(String step) {}

    record Yes() {}

    record No() {}

    record Broken() {}

    /**
     * @param steps a number for each: its bits say what it is like
     * @param pivot which step is the pivot; none when there is no such step
     * @param limited whether the saga as a whole has a deadline
     */
    record Blueprint(List<Integer> steps, int pivot, boolean limited) {

        Saga<Plan> saga() {
            var named = Saga.named("random", Plan.class);
            if (limited) {
                named.deadline(Duration.ofMinutes(5));
            }
            var saga = named.step("opening", s -> s.compensate(_ -> new Undo("opening")));
            for (var i = 0; i < steps.size(); i++) {
                var place = i;
                saga = beside(i)
                        ? saga.alongside(name(i), s -> shape(place, s))
                        : saga.step(name(i), s -> shape(place, s));
            }
            return saga;
        }

        List<String> names() {
            return IntStream.range(0, steps.size()).mapToObj(this::name).toList();
        }

        boolean compensates(String name) {
            return name.equals("opening") || compensates(names().indexOf(name));
        }

        private boolean beside(int i) {
            return i > 0 && (steps.get(i) & 3) != 0;
        }

        private boolean compensates(int i) {
            return !pastPivot(i) && (steps.get(i) & 4) == 0;
        }

        private boolean pastPivot(int i) {
            return pivot >= 0 && pivot < steps.size() && stage(i) > stage(pivot);
        }

        private int stage(int i) {
            return (int) IntStream.rangeClosed(0, i).filter(at -> !beside(at)).count();
        }

        private String name(int i) {
            return "step-" + i;
        }

        private void shape(int i, Step<Plan> step) {
            var name = name(i);
            step.send(_ -> new Do(name))
                    .onReply(Yes.class, Plan::learn)
                    .retry(Retry.times(1 + (steps.get(i) >> 5 & 3)))
                    .retryOn(Broken.class, Retry.times(2))
                    .retryCompensation(Retry.times(3))
                    .deadline(Duration.ofSeconds(30), lateness(i));
            if (compensates(i)) {
                step.compensate(_ -> new Undo(name));
            }
            if (i == pivot) {
                step.pivot();
            }
        }

        private Lateness lateness(int i) {
            var any = Lateness.values()[(steps.get(i) >> 3 & 3) % 3];
            return any == Lateness.COMPENSATE && pastPivot(i) ? Lateness.SEND_AGAIN : any;
        }
    }

    /** One saga and its world: commands that have not arrived, participants, answers that have not arrived. */
    static final class Play {

        private final Blueprint blueprint;
        private final Transitions<Plan> transitions;
        private final List<Outgoing> sent = new ArrayList<>();
        private final List<Outgoing> onTheirWay = new ArrayList<>();
        private final List<Transitions.Reply> answers = new ArrayList<>();
        private final List<HistoryEntry> history = new ArrayList<>();
        private final Map<String, Boolean> done = new HashMap<>();
        private final Set<String> undoneAtParticipants = new HashSet<>();
        private final Set<String> skipped = new HashSet<>();
        private Instant now = BEGINNING;
        private Progress<Plan> progress;
        private int replies;

        Play(Blueprint blueprint) {
            this.blueprint = blueprint;
            transitions = new Transitions<>(
                    blueprint.saga(), reply -> reply instanceof No ? Optional.of("no") : Optional.empty());
            take(transitions.start(ID, new Plan(0), now));
        }

        void move(int number) {
            var which = number >> 5;
            switch (number & 31) {
                case 0, 1, 2, 3, 4, 5, 6, 7 -> arrive(which, new Yes());
                case 8, 9 -> arrive(which, new No());
                case 10, 11 -> arrive(which, new Broken());
                case 12, 13, 14, 15, 16, 17, 18, 19, 20 -> hear(which, false);
                case 21 -> hear(which, true);
                case 22 -> hearNonsense();
                case 23, 24, 25 -> waitUntilDue();
                case 26 -> now = now.plusSeconds(which % 60);
                case 27 -> loseACommand(which);
                case 28 -> take(transitions.cancel(progress, "cancelled", now));
                default -> operate(OperatorMove.values()[which % 8 % 4], which);
            }
        }

        /** From now on everybody agrees, nothing is lost, and if need be a person has it tried again. */
        void finish() {
            for (var round = 0; round < 200 && !progress.status().isFinal(); round++) {
                while (!onTheirWay.isEmpty()) {
                    arrive(0, new Yes());
                }
                while (!answers.isEmpty()) {
                    hear(0, false);
                }
                if (progress.wakeUpAt().isEmpty()) {
                    return;
                }
                waitUntilDue();
            }
        }

        SagaStatus status() {
            return progress.status();
        }

        int sendings() {
            return sent.size();
        }

        long distinctSendings() {
            return sent.stream().map(Outgoing::id).distinct().count();
        }

        boolean hasRaisedAttention() {
            return history.stream().anyMatch(entry -> entry.outcome() == Outcome.NEEDS_ATTENTION);
        }

        boolean wasResolved() {
            return history.stream().anyMatch(entry -> entry.outcome() == Outcome.RESOLVED);
        }

        /** Whether an action was sent after the turn. */
        boolean wentForwardAgain() {
            var turned = history.stream()
                    .dropWhile(entry -> entry.outcome() != Outcome.TURNED && entry.outcome() != Outcome.CANCELLED);
            return turned.anyMatch(entry -> entry.kind() == Subject.ACTION && entry.outcome() == Outcome.SENT);
        }

        boolean undidPastThePivot() {
            return sent.stream().anyMatch(RandomSaga::isUndo)
                    && sent.stream()
                            .anyMatch(outgoing -> outgoing.command() instanceof Do action
                                    && blueprint.pastPivot(blueprint.names().indexOf(action.step())));
        }

        /** The steps whose compensations were sent, each once, in that order. */
        List<String> undone() {
            return sent.stream()
                    .filter(RandomSaga::isUndo)
                    .map(outgoing -> ((Undo) outgoing.command()).step())
                    .distinct()
                    .toList();
        }

        /** What was or may have been done, in reverse: all that was asked but what has refused its only sending. */
        List<String> toBeUndone() {
            var reached = new ArrayList<>(List.of("opening"));
            blueprint.names().stream().filter(this::mayHaveBeenDone).forEach(reached::add);
            return reached.reversed().stream().filter(blueprint::compensates).toList();
        }

        /** As many of these as were undone by now. */
        List<String> startsOf(List<String> all) {
            return all.subList(0, Math.min(undone().size(), all.size()));
        }

        /** Steps of which the saga believes more than is true. */
        List<String> notDone() {
            return blueprint.names().stream()
                    .filter(name -> !done.getOrDefault(name, false) && !skipped.contains(name))
                    .toList();
        }

        List<String> stillDone() {
            return blueprint.names().stream()
                    .filter(blueprint::compensates)
                    .filter(name -> done.getOrDefault(name, false) && !skipped.contains(name))
                    .toList();
        }

        private boolean mayHaveBeenDone(String name) {
            var sendings = sent.stream()
                    .filter(outgoing -> outgoing.command().equals(new Do(name)))
                    .count();
            var refused = history.stream()
                    .anyMatch(entry -> name.equals(entry.step())
                            && entry.kind() == Subject.ACTION
                            && entry.outcome() == Outcome.REFUSED);
            return sendings > 1 || sendings == 1 && !refused;
        }

        /** A participant takes a command: it does once what it is asked, and nothing that was undone before. */
        private void arrive(int which, Object wish) {
            if (onTheirWay.isEmpty()) {
                return;
            }
            var command = onTheirWay.remove(which % onTheirWay.size());
            var answer =
                    switch (command.command()) {
                        case Do action -> acted(action.step(), wish);
                        case Undo undo -> undone(undo.step(), wish);
                        default -> throw new AssertionError(command);
                    };
            answers.add(new Transitions.Reply(new UUID(1, ++replies), command.id(), answer));
        }

        private Object acted(String step, Object wish) {
            if (undoneAtParticipants.contains(step)) {
                return new No();
            }
            // once done it says so again; what it refused it may do another time
            var answer = done.getOrDefault(step, false) ? new Yes() : wish;
            done.merge(step, answer instanceof Yes, Boolean::logicalOr);
            return answer;
        }

        private Object undone(String step, Object wish) {
            if (wish instanceof Yes) {
                undoneAtParticipants.add(step);
                done.put(step, false);
            }
            return undoneAtParticipants.contains(step) ? new Yes() : wish;
        }

        private void hear(int which, boolean again) {
            if (answers.isEmpty()) {
                return;
            }
            var answer = answers.get(which % answers.size());
            if (!again) {
                answers.remove(answer);
            }
            take(transitions.reply(progress, answer, now));
        }

        private void hearNonsense() {
            var before = progress;
            take(transitions.reply(
                    progress, new Transitions.Reply(new UUID(2, ++replies), new UUID(3, 3), new No()), now));
            if (!before.equals(progress)) {
                throw new AssertionError("moved by an answer to nothing");
            }
        }

        private void loseACommand(int which) {
            if (!onTheirWay.isEmpty()) {
                onTheirWay.remove(which % onTheirWay.size());
            }
        }

        private void waitUntilDue() {
            progress.wakeUpAt().ifPresent(due -> {
                now = due.isAfter(now) ? due : now;
                take(transitions.wake(progress, now));
            });
        }

        private void operate(OperatorMove move, int which) {
            // a person seldom gives up
            if (move == OperatorMove.RESOLVE && which % 5 != 0) {
                return;
            }
            var troubled = progress.troubled();
            try {
                take(transitions.operate(progress, move, "says a person", now));
                if (move == OperatorMove.SKIP) {
                    troubled.forEach(awaited -> skipped.add(awaited.step()));
                }
            } catch (MoveRefused e) {
                if (!e.getMessage().contains(progress.status().name())) {
                    throw new AssertionError(e);
                }
            }
        }

        private void take(Decision<Plan> decision) {
            progress = decision.progress();
            sent.addAll(decision.commands());
            onTheirWay.addAll(decision.commands());
            history.addAll(decision.history());
        }
    }

    private static boolean isUndo(Outgoing outgoing) {
        return outgoing.command() instanceof Undo;
    }
}
