package emporium.saga;

import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.Received;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The shell around the pure core: loads and locks, asks the core, and writes progress, history and commands as one.
 * Call it inside a JTA transaction, from any thread and any number of replicas; what it does is done with the commit
 * or not at all. A batch costs the same few statements whatever its size.
 */
public final class SagaRunner {

    private static final Logger LOG = Logger.getLogger(SagaRunner.class);

    private final Sagas sagas;
    private final SagaStore store;
    private final Outbox outbox;
    private final InstantSource clock;

    /** @param outbox of the endpoint that receives the replies */
    public SagaRunner(Sagas sagas, SagaTables tables, Outbox outbox, InstantSource clock) {
        this.sagas = sagas;
        this.store = new SagaStore(tables, sagas);
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The id of the saga of this definition for this key: the same whenever it is asked for. */
    public static UUID idOf(Saga<?> saga, UUID businessKey) {
        return MessageIds.derived(businessKey, saga.name());
    }

    /**
     * Refuses to run when an unfinished saga in the database has a definition or stands at a step that is missing here.
     * Call it once before the first message, when the tables are there.
     *
     * @throws IllegalStateException naming what is missing
     * @throws SagaTablesFailed when the database cannot be asked
     */
    public void checkStoredSagas() {
        var missing = store.unfinished().stream()
                .filter(stand -> !knows(stand))
                .map(SagaStore.Stand::toString)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "unfinished sagas are stored whose definition is missing: " + String.join("; ", missing));
        }
    }

    /** Begins sagas; one that has begun before for the same key is left as it is. */
    public <D> void start(Saga<D> saga, List<Start<D>> starts) {
        if (sagas.get(saga.name(), saga.version()) != saga) {
            throw new IllegalStateException("saga " + saga + " is defined otherwise here");
        }
        var at = now();
        var wanted = new TreeMap<UUID, Instance<?>>();
        starts.forEach(
                start -> wanted.computeIfAbsent(idOf(saga, start.businessKey()), id -> begun(saga, id, start, at)));
        wanted.keySet().retainAll(store.insert(wanted.values(), at));
        store.insertDrafts(wanted.values());
        store.insertHistory(wanted.values());
        send(wanted.values());
    }

    /**
     * Takes replies, whose conversation id names the saga and whose causation id the command they answer. Several for
     * one saga are taken in their order.
     *
     * @throws UnknownSaga when a reply names no stored saga; nothing of the batch is done then
     */
    public void handle(List<? extends Received<?>> replies) {
        var instances = locked(replies);
        var at = now();
        replies.forEach(reply -> take(instances.get(reply.envelope().conversationId()), reply, at));
        store.update(instances.values(), at);
        store.updateDrafts(instances.values());
        store.insertHistory(instances.values());
        send(instances.values());
    }

    private Map<UUID, Instance<?>> locked(List<? extends Received<?>> replies) {
        var ids = new HashSet<UUID>();
        replies.forEach(reply -> ids.add(reply.envelope().conversationId()));
        var instances = store.lock(ids.stream().filter(Objects::nonNull).toList());
        ids.removeAll(instances.keySet());
        if (!ids.isEmpty()) {
            throw new UnknownSaga(ids);
        }
        return instances;
    }

    private <D> Instance<D> begun(Saga<D> saga, UUID id, Start<D> start, Instant at) {
        var decision = sagas.transitions(saga).start(id, start.draft(), at);
        return Instance.started(saga, start.businessKey(), decision, new Instance.Cause(at, start.context()));
    }

    private <D> void take(Instance<D> instance, Received<?> reply, Instant at) {
        var envelope = reply.envelope();
        instance.reply(
                sagas.transitions(instance.saga()),
                new Transitions.Reply(envelope.id(), envelope.causationId(), reply.body()),
                new Instance.Cause(at, Start.contextOf(reply)));
    }

    private void send(Collection<Instance<?>> instances) {
        for (var instance : instances) {
            instance.sendings().forEach(this::send);
            instance.history().forEach(line -> log(instance, line.entry()));
        }
    }

    private void send(Instance.Sending sending) {
        outbox.send(sending.command().id(), sending.saga(), sending.command().command(), sending.context());
    }

    private boolean knows(SagaStore.Stand stand) {
        return sagas.find(stand.definition(), stand.version())
                .filter(saga -> stand.step() == null || saga.stepNames().contains(stand.step()))
                .isPresent();
    }

    private void log(Instance<?> instance, HistoryEntry entry) {
        var level = level(entry.outcome());
        if (LOG.isEnabled(level)) {
            LOG.logf(
                    level,
                    "%s %s for %s: %s",
                    instance.saga().name(),
                    instance.id(),
                    instance.businessKey(),
                    told(entry));
        }
    }

    private String told(HistoryEntry entry) {
        return Stream.of(entry.step(), sagas.nameOf(entry.message()), entry.outcome(), entry.detail())
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    private static Logger.Level level(HistoryEntry.Outcome outcome) {
        return switch (outcome) {
            case STARTED, COMPLETED, COMPENSATED -> Logger.Level.INFO;
            case NEEDS_ATTENTION -> Logger.Level.WARN;
            case SENT, SUCCEEDED, REFUSED, IGNORED -> Logger.Level.DEBUG;
        };
    }

    /** As exact as PostgreSQL stores it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
