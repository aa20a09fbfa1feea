package emporium.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Breaks and heals one fault after the other, each with orders before, during and after it, and looks what came out. */
final class Suite {

    private static final Duration QUIET = Duration.ofMinutes(4);

    private static final int MOST_FINDINGS = 20;

    private final Options options;
    private final Progress progress;
    private final List<Result> results = new ArrayList<>();

    Suite(Options options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    List<Result> run(List<Fault> faults) {
        for (var kind : Arena.Kind.values()) {
            var ofKind = faults.stream().filter(fault -> fault.kind() == kind).toList();
            if (!ofKind.isEmpty()) {
                run(kind, ofKind);
            }
        }
        return results;
    }

    /** A mall that was left in pieces is replaced by a new one for the faults that follow. */
    private void run(Arena.Kind kind, List<Fault> faults) {
        for (var rest = faults.iterator(); rest.hasNext(); ) {
            progress.now("Starting the mall");
            try (var arena = new Arena(kind, options)) {
                for (var whole = true; whole && rest.hasNext(); ) {
                    whole = runOrSayWhyNot(rest.next(), arena);
                }
            }
        }
    }

    /** Returns whether the mall is fit for the next. */
    private boolean runOrSayWhyNot(Fault fault, Arena arena) {
        try {
            results.add(run(fault, arena));
        } catch (Broken e) {
            results.add(Result.none(
                    fault.name(),
                    arena.shopping() == null ? 0 : arena.shopping().placed().size(),
                    e.getMessage()));
        }
        var result = results.getLast();
        progress.say(Table.row(result));
        result.findings().stream().limit(MOST_FINDINGS).forEach(finding -> progress.say("    " + finding));
        return result.isGood();
    }

    Result run(Fault fault, Arena arena) {
        progress.now(fault.name());
        var repeatedBefore = arena.rest().repeated();
        var errorsBefore = arena.rest().internalErrors();
        try (var shopping = new Shopping(arena.rest(), "Shopper of " + fault.name());
                var _ = new Ticker(progress, shopping)) {
            arena.shopping(shopping);
            shopping.begin();
            shopping.place(Math.max(5, options.orders() / 4));
            var parked = strike(fault, arena);
            var healed = Instant.now();
            arena.awaitReady();
            shopping.place(Math.max(10, options.orders() - shopping.placed().size()));
            shopping.settlePrices();
            var begun = System.nanoTime();
            var findings = settled(shopping, arena, parked);
            arena.noteInternalErrors(arena.rest().internalErrors() - errorsBefore);
            var quietAfter = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            return result(fault, arena, healed, quietAfter, arena.rest().repeated() - repeatedBefore, findings);
        }
    }

    private static Set<String> strike(Fault fault, Arena arena) {
        try {
            return fault.strike().on(arena);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new Broken(fault.name(), e);
        }
    }

    /** Waits until nothing is amiss; what still is when patience ends, is. */
    private Findings settled(Shopping shopping, Arena arena, Set<String> parked) {
        var invariants = new Invariants(arena.rest(), arena.database());
        var deadline = System.nanoTime() + QUIET.toNanos();
        Patience.passed(QUIET, shopping::allEnded);
        while (true) {
            var findings = invariants.check(shopping, parked);
            if (findings.isEmpty() || findings.twiceCount() > 0 || System.nanoTime() > deadline) {
                return findings;
            }
            Patience.pause(Duration.ofSeconds(1));
        }
    }

    private Result result(Fault fault, Arena arena, Instant healed, long quietAfter, long repeated, Findings findings) {
        var flowing = Long.MAX_VALUE;
        var caughtUp = 0L;
        for (var placed : arena.shopping().placed()) {
            var decided = decided(
                    arena.rest().get("/api/orders/" + placed.id() + "/history").get("items"));
            if (decided == null || decided.isAfter(Instant.now())) {
                continue; // never, or by a clock that was wrong
            }
            var after = Duration.between(healed, decided).toMillis();
            if (placed.at().isAfter(healed)) {
                flowing = Math.min(flowing, after);
            } else {
                caughtUp = Math.max(caughtUp, after);
            }
        }
        return new Result(
                fault.name(),
                arena.shopping().placed().size(),
                findings.lostCount(),
                findings.twiceCount(),
                flowing,
                caughtUp,
                quietAfter,
                repeated,
                arena.note(),
                findings.all());
    }

    /** When the order was approved or refused; null when it never was. */
    private static Instant decided(JsonNode history) {
        for (var change : history) {
            if (change.get("type").asText().matches("Order(Approved|ApprovedTooLate|Rejected|Cancelled)")) {
                return Instant.parse(change.at("/metadata/occurredAt").asText());
            }
        }
        return null;
    }
}
