package emporium.saga;

import emporium.messaging.MessageContext;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The shell around the pure core: loads and locks, asks the core, and writes progress, history and commands as one.
 * Call it inside a JTA transaction, from any thread and any number of replicas; what it does is done with the commit
 * or not at all. A batch costs the same few statements whatever its size.
 */
public final class SagaRunner {

    private static final int MOST_WOKEN = 200;

    private final Sagas sagas;
    private final SagaStore store;
    private final StoredDefinitions definitions;
    private final Outbox outbox;
    private final InstantSource clock;
    private final SagaReport report;
    private final Alarm alarm;
    private final Consumer<List<Ended>> whenEnded;

    /**
     * @param outbox of the endpoint that receives the replies
     * @param report hears what was committed
     */
    public SagaRunner(Sagas sagas, SagaTables tables, Outbox outbox, InstantSource clock, SagaReport report) {
        this(
                sagas,
                new SagaStore(tables, sagas),
                new StoredDefinitions(tables, sagas),
                outbox,
                clock,
                report,
                new Alarm(),
                _ -> {});
    }

    private SagaRunner(
            Sagas sagas,
            SagaStore store,
            StoredDefinitions definitions,
            Outbox outbox,
            InstantSource clock,
            SagaReport report,
            Alarm alarm,
            Consumer<List<Ended>> whenEnded) {
        this.sagas = sagas;
        this.store = store;
        this.definitions = definitions;
        this.outbox = outbox;
        this.clock = clock;
        this.report = report;
        this.alarm = alarm;
        this.whenEnded = whenEnded;
    }

    /** As this runner; what ends is told in the transaction that ends it, to begin or publish what follows from it. */
    public SagaRunner whenEnded(Consumer<List<Ended>> follow) {
        return new SagaRunner(sagas, store, definitions, outbox, clock, report, alarm, follow);
    }

    /** The id of the saga of this definition for this key: the same whenever it is asked for. */
    public static UUID idOf(Saga<?> saga, UUID businessKey) {
        return MessageIds.derived(businessKey, saga.name());
    }

    /**
     * Refuses to run when an unfinished saga in the database was begun with a definition that is missing here, or that
     * has since been changed in a way that would break it. Call it once, when the tables are there.
     *
     * @throws IllegalStateException naming what is missing or would break
     * @throws SagaTablesFailed when the database cannot be asked
     */
    public void checkStoredSagas() {
        definitions.check();
    }

    /** Begins sagas; one that has begun before for the same key, or has ended since, is left as it is. */
    public <D> void start(Saga<D> saga, List<Start<D>> starts) {
        if (sagas.get(saga.name(), saga.version()) != saga) {
            throw new IllegalStateException("saga " + saga + " is defined otherwise here");
        }
        if (starts.isEmpty()) {
            return;
        }
        var at = now();
        var wanted = new TreeMap<UUID, Instance<?>>();
        starts.forEach(
                start -> wanted.computeIfAbsent(idOf(saga, start.businessKey()), id -> begun(saga, id, start, at)));
        wanted.keySet().retainAll(store.insert(wanted.values(), at));
        store.insertBeginning(wanted.values());
        setAlarm(wanted.values(), at);
        publish(wanted.values());
    }

    /**
     * Takes replies, whose conversation id names the saga and whose causation id the command they answer. Several for
     * one saga are taken in their order.
     *
     * @throws UnknownSaga when a reply names no stored saga; nothing of the batch is done then
     */
    public void handle(List<? extends Received<?>> replies) {
        var at = now();
        var ids = replies.stream()
                .map(reply -> reply.envelope().conversationId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        var instances = lockedOrArchived(ids);
        var unknown = new HashSet<UUID>();
        replies.forEach(reply -> unknown.add(reply.envelope().conversationId()));
        unknown.removeAll(instances.keySet());
        if (!unknown.isEmpty()) {
            throw new UnknownSaga(unknown);
        }
        replies.forEach(reply -> take(instances.get(reply.envelope().conversationId()), reply, at));
        write(instances.values(), at);
    }

    /**
     * The business wants these undone. Before its pivot a saga turns round; past it, the cancel is remembered and told
     * with its {@linkplain Ended#cancelled() end}.
     */
    public Cancel.Outcome cancel(Saga<?> saga, List<Cancel> cancels) {
        if (cancels.isEmpty()) {
            return new Cancel.Outcome(Set.of(), Set.of());
        }
        var at = now();
        var instances = lockedOrArchived(
                cancels.stream().map(cancel -> idOf(saga, cancel.businessKey())).collect(Collectors.toSet()));
        var ended = new HashSet<UUID>();
        var unknown = new HashSet<UUID>();
        for (var cancel : cancels) {
            var instance = instances.get(idOf(saga, cancel.businessKey()));
            if (instance == null) {
                unknown.add(cancel.businessKey());
            } else if (instance.progress().status().isFinal()) {
                ended.add(cancel.businessKey());
            } else {
                cancelOne(instance, cancel, at);
            }
        }
        write(instances.values(), at);
        return new Cancel.Outcome(ended, unknown);
    }

    /**
     * A person steps in, on behalf of the present {@link MessageContext}.
     *
     * @throws UnknownSaga when there is none
     * @throws MoveRefused naming the state that does not allow it
     */
    public void operate(UUID id, OperatorMove move, String reason) {
        var at = now();
        var instances = lockedOrArchived(Set.of(id));
        if (instances.isEmpty()) {
            throw new UnknownSaga(Set.of(id));
        }
        operateOne(instances.get(id), move, reason, at);
        write(instances.values(), at);
    }

    /**
     * Does what is due in a batch of sagas, and moves those that have ended out of the way. Any number of replicas may
     * call it at once: each saga is woken by one of them.
     *
     * @return how many were looked at; as many as a batch holds when there may be more
     */
    public int wakeOnce() {
        var at = now();
        var due = store.lockDue(at, MOST_WOKEN);
        var done = due.values().stream().filter(Instance::wasFinal).toList();
        due.values().removeAll(done);
        if (!done.isEmpty()) {
            store.archive(List.copyOf(done));
        }
        due.values().forEach(instance -> wakeOne(instance, at));
        write(due.values(), at);
        return due.size() + done.size();
    }

    /** Whether {@link #wakeOnce()} would find something now. Reads only; the alarm is set to what comes next. */
    boolean isSomethingDue() {
        var at = now();
        alarm.seen(at);
        var next = store.nextWakeUp();
        next.ifPresent(alarm::set);
        return next.isPresent() && !next.get().isAfter(at);
    }

    Alarm alarm() {
        return alarm;
    }

    /** How many {@link #wakeOnce()} takes at most. */
    static int mostWoken() {
        return MOST_WOKEN;
    }

    void showGauges(SagaQueries queries) {
        report.show(queries.inFlight(), sagas, now());
    }

    private Map<UUID, Instance<?>> lockedOrArchived(Set<UUID> ids) {
        var instances = store.lock(ids);
        if (instances.size() < ids.size()) {
            var missing = new HashSet<>(ids);
            missing.removeAll(instances.keySet());
            instances.putAll(store.lockArchived(missing));
        }
        return instances;
    }

    private void write(Collection<Instance<?>> instances, Instant at) {
        var hot = instances.stream().filter(instance -> !instance.isArchived()).toList();
        var archived = instances.stream().filter(Instance::isArchived).toList();
        if (!hot.isEmpty()) {
            store.update(List.copyOf(hot), at);
            setAlarm(hot, at);
        }
        if (!archived.isEmpty()) {
            store.updateArchived(List.copyOf(archived));
            store.insertHistory(List.copyOf(archived));
        }
        publish(instances);
    }

    private void setAlarm(Collection<Instance<?>> instances, Instant at) {
        instances.stream()
                .map(instance -> instance.wakeUpAt(at))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .ifPresent(alarm::set);
    }

    private void publish(Collection<Instance<?>> instances) {
        instances.forEach(instance -> instance.sendings().forEach(this::send));
        report.afterCommit(List.copyOf(instances), sagas);
        var ended = instances.stream()
                .filter(Instance::hasEnded)
                .map(Instance::ended)
                .toList();
        if (!ended.isEmpty()) {
            whenEnded.accept(ended);
        }
    }

    private void send(Instance.Sending sending) {
        outbox.send(sending.command().id(), sending.saga(), sending.command().command(), sending.context());
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

    private <D> void wakeOne(Instance<D> instance, Instant at) {
        instance.wake(sagas.transitions(instance.saga()), at);
    }

    private <D> void cancelOne(Instance<D> instance, Cancel cancel, Instant at) {
        var cause = new Instance.Cause(at, cancel.context());
        instance.cancel(sagas.transitions(instance.saga()), cancel.reason(), cause);
    }

    private <D> void operateOne(Instance<D> instance, OperatorMove move, String reason, Instant at) {
        var cause = new Instance.Cause(at, MessageContext.current());
        instance.operate(sagas.transitions(instance.saga()), move, reason, cause);
    }

    /** As exact as PostgreSQL stores it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
