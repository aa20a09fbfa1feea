package emporium.saga;

import static emporium.saga.Progress.Kind.ACTION;
import static emporium.saga.Progress.Kind.COMPENSATION;

import emporium.messaging.MessageIds;
import emporium.saga.Decision.Outgoing;
import emporium.saga.HistoryEntry.Outcome;
import emporium.saga.HistoryEntry.Subject;
import emporium.saga.RandomSaga.Broken;
import emporium.saga.RandomSaga.Do;
import emporium.saga.RandomSaga.No;
import emporium.saga.RandomSaga.Plan;
import emporium.saga.RandomSaga.Undo;
import emporium.saga.RandomSaga.Yes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One saga and its world: commands that have not arrived, participants, answers that have not arrived. */
final class RandomPlay {

    private static final Instant BEGINNING = Instant.parse("2026-03-01T10:00:00Z");
    private static final UUID ID = MessageIds.derived(new UUID(0, 0), "saga", BEGINNING);

    private final RandomSaga saga;
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

    RandomPlay(RandomSaga saga) {
        this.saga = saga;
        transitions = new Transitions<>(
                saga.definition(), reply -> reply instanceof No ? Optional.of("no") : Optional.empty());
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
            case 28 -> cancel();
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
        var turned = history.stream().dropWhile(entry -> !turns(entry));
        return turned.anyMatch(entry -> entry.kind() == Subject.ACTION && entry.outcome() == Outcome.SENT);
    }

    boolean undidPastThePivot() {
        return sent.stream().anyMatch(outgoing -> isUndo(outgoing.command())) && isPastPivot();
    }

    /** Commands that were sent more often than their steps allow; past the pivot there is no last sending. */
    List<Object> sentTooOften() {
        var chances = 1
                + history.stream()
                        .filter(entry -> entry.outcome() == Outcome.RETRIED)
                        .count();
        return sent.stream()
                .map(Outgoing::command)
                .distinct()
                .filter(command -> sendingsOf(command) > chances * mostSendings(command))
                .toList();
    }

    private long sendingsOf(Object command) {
        return sent.stream()
                .filter(outgoing -> outgoing.command().equals(command))
                .count();
    }

    private int mostSendings(Object command) {
        if (isUndo(command)) {
            return RandomSaga.UNDOINGS;
        }
        var step = stepOf(command);
        return saga.pastPivot(step) ? Integer.MAX_VALUE : saga.mostSendings(step);
    }

    /** The steps whose compensations were sent, each once, in that order. */
    List<String> undone() {
        return sent.stream()
                .map(Outgoing::command)
                .filter(RandomPlay::isUndo)
                .map(RandomPlay::stepOf)
                .distinct()
                .toList();
    }

    /** What was or may have been done, in reverse: all that was asked but what has refused its only sending. */
    List<String> toBeUndone() {
        var reached = new ArrayList<>(List.of("opening"));
        saga.names().stream().filter(this::mayHaveBeenDone).forEach(reached::add);
        return reached.reversed().stream().filter(saga::compensates).toList();
    }

    /** As many of these as were undone by now. */
    List<String> startsOf(List<String> all) {
        return all.subList(0, Math.min(undone().size(), all.size()));
    }

    /** Steps of which the saga believes more than is true. */
    List<String> notDone() {
        return saga.names().stream()
                .filter(name -> !done.getOrDefault(name, false) && !skipped.contains(name))
                .toList();
    }

    List<String> stillDone() {
        return saga.names().stream()
                .filter(saga::compensates)
                .filter(name -> done.getOrDefault(name, false) && !skipped.contains(name))
                .toList();
    }

    private boolean mayHaveBeenDone(String name) {
        var sendings = sendingsOf(new Do(name));
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
        hear(answer);
    }

    /** It counts if, and only if, it answers one of the sendings of a command that is awaited. */
    private void hear(Transitions.Reply answer) {
        var command = sent.stream()
                .filter(outgoing -> outgoing.id().equals(answer.command()))
                .findFirst()
                .orElseThrow()
                .command();
        var before = progress;
        var decision = transitions.reply(progress, answer, now);
        var counts = before.outstanding().stream()
                .anyMatch(awaited -> awaited.is(stepOf(command), isUndo(command) ? COMPENSATION : ACTION));
        require(counts != has(decision, Outcome.IGNORED), "an answer counts if its command is awaited");
        take(decision);
        require(counts || progress.equals(before), "moved by an answer that came too late");
        var overtaken = sent.stream()
                .filter(outgoing -> outgoing.command().equals(command))
                .anyMatch(outgoing -> outgoing.id().equals(answer.command()) && outgoing != last(command));
        if (overtaken && answer.body() instanceof Broken && !before.goesBack()) {
            require(progress.equals(before), "a failure says nothing of a later sending");
        }
    }

    private Outgoing last(Object command) {
        return sent.reversed().stream()
                .filter(outgoing -> outgoing.command().equals(command))
                .findFirst()
                .orElseThrow();
    }

    private void hearNonsense() {
        var before = progress;
        take(transitions.reply(progress, new Transitions.Reply(new UUID(2, ++replies), new UUID(3, 3), new No()), now));
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
            var decision = transitions.wake(progress, now);
            take(decision);
            decision.history().forEach(entry -> checkLateness(entry, decision));
            checkLimit();
        });
    }

    /** What a step has declared for the case that its answer is late is what happens. */
    private void checkLateness(HistoryEntry entry, Decision<Plan> decision) {
        if (entry.outcome() != Outcome.TIMED_OUT || entry.kind() != Subject.ACTION) {
            return;
        }
        var again = decision.commands().stream()
                .anyMatch(outgoing -> outgoing.command().equals(new Do(entry.step())));
        switch (saga.lateness(entry.step())) {
            case SEND_AGAIN -> {}
            case COMPENSATE -> require(!again && hasTurned(), "a late step turns round if it says so");
            case ATTENTION ->
                require(
                        !again && (hasTurned() || progress.status() == SagaStatus.NEEDS_ATTENTION),
                        "a late step is left to a person if it says so");
        }
    }

    private void checkLimit() {
        if (saga.limited()
                && !now.isBefore(BEGINNING.plus(RandomSaga.LIMIT))
                && !progress.status().isFinal()) {
            require(hasTurned() || isPastPivot(), "what takes too long turns round before its pivot");
        }
    }

    private void cancel() {
        var decision = transitions.cancel(progress, "cancelled", now);
        var ended = progress.status().isFinal();
        take(decision);
        require(
                ended || has(decision, Outcome.CANCELLED) || "cancelled".equals(progress.cancelled()),
                "a cancel turns round or is remembered");
    }

    private boolean hasTurned() {
        return history.stream().anyMatch(RandomPlay::turns);
    }

    private boolean isPastPivot() {
        return sent.stream()
                .anyMatch(outgoing -> outgoing.command() instanceof Do action && saga.pastPivot(action.step()));
    }

    /** Nothing is undone while the answer to an action may still come in time. */
    private void checkOthersWereWaitedFor(Decision<Plan> decision) {
        if (progress == null || decision.commands().stream().noneMatch(outgoing -> isUndo(outgoing.command()))) {
            return;
        }
        var told = decision.history().stream().map(HistoryEntry::step).collect(Collectors.toSet());
        require(
                progress.outstanding().stream()
                        .filter(awaited -> awaited.kind() == ACTION && !awaited.isTroubled())
                        .allMatch(awaited -> told.contains(awaited.step())),
                "what is out is waited for before anything is undone");
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
        checkOthersWereWaitedFor(decision);
        progress = decision.progress();
        sent.addAll(decision.commands());
        onTheirWay.addAll(decision.commands());
        history.addAll(decision.history());
    }

    private static boolean turns(HistoryEntry entry) {
        return entry.outcome() == Outcome.TURNED || entry.outcome() == Outcome.CANCELLED;
    }

    private static boolean has(Decision<Plan> decision, Outcome outcome) {
        return decision.history().stream().anyMatch(entry -> entry.outcome() == outcome);
    }

    private static boolean isUndo(Object command) {
        return command instanceof Undo;
    }

    private static String stepOf(Object command) {
        return switch (command) {
            case Do action -> action.step();
            case Undo undo -> undo.step();
            default -> throw new AssertionError(command);
        };
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }
}
