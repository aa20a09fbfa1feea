package emporium.orchestrator;

import emporium.contracts.Money;
import emporium.contracts.depot.Line;
import emporium.contracts.depot.ShoppingListCreated;
import emporium.messaging.MessageIds;
import emporium.saga.Decision;
import emporium.saga.Progress;
import emporium.saga.Transitions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the engine's pure core makes of one reply in the mall's own saga; nothing is stored. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineStepBenchmark {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private final UUID id = MessageIds.derived(UUID.randomUUID(), "saga", AT);
    private final Transitions<OrderDraft> transitions = new Transitions<>(CreateOrder.DEFINITION, CreateOrder::refusal);
    private final Progress<OrderDraft> begun =
            transitions.start(id, draft(), AT).progress();
    private final Transitions.Reply reply = new Transitions.Reply(
            UUID.randomUUID(),
            commandOf("shopping-list"),
            new ShoppingListCreated(UUID.randomUUID(), UUID.randomUUID()));

    private OrderDraft draft() {
        var line = new Line(UUID.randomUUID(), "Servo", UUID.randomUUID(), "Robo Parts", 2);
        return new OrderDraft(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                List.of(line, line),
                new Money(1999, "EUR"),
                null,
                null,
                false);
    }

    private UUID commandOf(String step) {
        return begun.outstanding().stream()
                .filter(awaited -> awaited.step().equals(step))
                .findFirst()
                .orElseThrow()
                .command();
    }

    @Benchmark
    public Decision<OrderDraft> reply() {
        return transitions.reply(begun, reply, AT);
    }

    @Benchmark
    public Decision<OrderDraft> start() {
        return transitions.start(id, begun.draft(), AT);
    }
}
