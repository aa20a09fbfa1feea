package emporium.saga;

import emporium.saga.HistoryEntry.Outcome;
import emporium.saga.HistoryEntry.Subject;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Tells of sagas what was committed, and only that: a log line for each transition and the meters {@code sagas.started},
 * {@code sagas.finished} (by outcome), {@code saga.step} (time from a command's first sending to its outcome),
 * {@code sagas.in.flight} (by step and status), {@code sagas.oldest} (seconds) and {@code sagas.attention}. The last three
 * say what the database holds, so every replica says the same.
 */
public final class SagaReport {

    private static final Logger LOG = Logger.getLogger(SagaReport.class);

    private final TransactionSynchronizationRegistry transactions;
    private final MeterRegistry meters;
    private final MultiGauge inFlight;
    private final MultiGauge oldest;
    private final MultiGauge attention;

    public SagaReport(TransactionSynchronizationRegistry transactions, MeterRegistry meters) {
        this.transactions = transactions;
        this.meters = meters;
        inFlight = MultiGauge.builder("sagas.in.flight")
                .description("Unfinished sagas by the step where they stand")
                .register(meters);
        oldest = MultiGauge.builder("sagas.oldest")
                .description("Age of the oldest unfinished saga")
                .baseUnit("seconds")
                .register(meters);
        attention = MultiGauge.builder("sagas.attention")
                .description("Sagas that a person has to look at")
                .register(meters);
    }

    void afterCommit(List<Instance<?>> instances, Sagas sagas) {
        if (instances.isEmpty()) {
            return;
        }
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // nothing is sure yet
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    instances.forEach(instance -> tell(instance, sagas));
                }
            }
        });
    }

    /** Shows what the database holds, sagas of definitions that nothing is in flight of included. */
    void show(List<SagaQueries.InFlight> groups, Sagas sagas, Instant now) {
        inFlight.register(
                groups.stream()
                        .map(group -> Row.of(
                                Tags.of(
                                        "definition", group.definition(),
                                        "step", Objects.requireNonNullElse(group.step(), ""),
                                        "status", group.status().name()),
                                group.sagas()))
                        .toList(),
                true);
        var names = sagas.all().stream().map(Saga::name).distinct().toList();
        oldest.register(
                names.stream()
                        .map(name -> Row.of(Tags.of("definition", name), oldest(name, groups, now)))
                        .toList(),
                true);
        attention.register(
                names.stream()
                        .map(name -> Row.of(Tags.of("definition", name), attention(name, groups)))
                        .toList(),
                true);
    }

    private static double oldest(String name, List<SagaQueries.InFlight> groups, Instant now) {
        return groups.stream()
                .filter(group -> group.definition().equals(name))
                .mapToDouble(group -> Duration.between(group.oldest(), now).toMillis() / 1000.0)
                .max()
                .orElse(0);
    }

    private static long attention(String name, List<SagaQueries.InFlight> groups) {
        return groups.stream()
                .filter(group -> group.definition().equals(name) && group.status() == SagaStatus.NEEDS_ATTENTION)
                .mapToLong(SagaQueries.InFlight::sagas)
                .sum();
    }

    private void tell(Instance<?> instance, Sagas sagas) {
        instance.history().forEach(line -> log(instance, line.entry(), sagas));
        count(instance);
        instance.settled().forEach(awaited -> time(instance, awaited));
    }

    private void count(Instance<?> instance) {
        var definition = instance.saga().name();
        if (instance.history().stream().anyMatch(line -> line.entry().outcome() == Outcome.STARTED)) {
            meters.counter("sagas.started", "definition", definition).increment();
        }
        if (instance.hasEnded()) {
            var outcome = instance.progress().status().name();
            meters.counter("sagas.finished", "definition", definition, "outcome", outcome)
                    .increment();
        }
    }

    private void time(Instance<?> instance, Progress.Awaited awaited) {
        var end = instance.history().getLast().at();
        Timer.builder("saga.step")
                .description("Time from a command's first sending to its outcome")
                .tags("definition", instance.saga().name(), "step", awaited.step())
                .tag("kind", awaited.kind().name())
                .register(meters)
                .record(Duration.between(awaited.since(), end));
    }

    private static void log(Instance<?> instance, HistoryEntry entry, Sagas sagas) {
        var level = level(entry);
        if (LOG.isEnabled(level)) {
            instance.lastContext().run(() -> log(level, instance, told(entry, sagas)));
        }
    }

    private static void log(Logger.Level level, Instance<?> instance, String told) {
        MDC.put("saga", instance.id());
        MDC.put("sagaKey", instance.businessKey());
        try {
            LOG.logf(level, "%s %s for %s: %s", instance.saga().name(), instance.id(), instance.businessKey(), told);
        } finally {
            MDC.remove("saga");
            MDC.remove("sagaKey");
        }
    }

    private static String told(HistoryEntry entry, Sagas sagas) {
        return Stream.of(entry.step(), sagas.nameOf(entry.message()), entry.outcome(), entry.detail())
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    private static Logger.Level level(HistoryEntry entry) {
        if (entry.kind() == Subject.OPERATOR) {
            return Logger.Level.INFO;
        }
        return switch (entry.outcome()) {
            case SENT, SUCCEEDED, IGNORED -> Logger.Level.DEBUG;
            case NEEDS_ATTENTION, LATE -> Logger.Level.WARN;
            default -> Logger.Level.INFO;
        };
    }
}
