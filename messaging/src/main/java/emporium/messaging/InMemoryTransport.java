package emporium.messaging;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * JetStream's twin in memory, for tests of services: the same guarantees within one process; nothing survives it. One
 * thread owns all state and calls the sinks.
 */
final class InMemoryTransport implements Transport {

    private final Instant created;
    private final Map<String, List<Outgoing>> streams = new HashMap<>();
    private final Map<String, Stored> seen = new HashMap<>();
    private final Map<String, Durable> durables = new HashMap<>();
    private final Map<String, Function<Request, Outgoing>> answerers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("in-memory-transport").factory());

    InMemoryTransport(InstantSource clock) {
        created = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List.of(Subjects.COMMANDS, Subjects.REPLIES, Subjects.EVENTS, Subjects.DEAD_LETTERS)
                .forEach(stream -> streams.put(stream, new ArrayList<>()));
    }

    @Override
    public List<StreamState> prepare() {
        return byOwner(() -> streams.entrySet().stream()
                .map(entry -> new StreamState(
                        entry.getKey(), created, entry.getValue().size()))
                .toList());
    }

    @Override
    public CompletableFuture<Stored> publish(Outgoing message) {
        return CompletableFuture.supplyAsync(() -> store(message), owner);
    }

    @Override
    public Consumption consume(ConsumerSpec spec, Consumer<Delivery> sink) {
        return byOwner(() -> {
            var durable = durables.computeIfAbsent(spec.durable(), name -> new Durable(spec));
            var unpacker = new Unpacker(sink);
            durable.sinks.add(unpacker);
            durable.deliver();
            return new InMemoryConsumption(durable, unpacker);
        });
    }

    @Override
    public void replay(String stream, String filter, int batch, Consumer<List<Kept>> sink) {
        var kept = byOwner(() -> streams.get(stream).stream()
                .filter(message -> message.subject().startsWith(prefix(filter)))
                .flatMap(message -> Pack.open(new Kept(message.headers(), message.body())).stream())
                .toList());
        for (var from = 0; from < kept.size(); from += batch) {
            sink.accept(kept.subList(from, Math.min(from + batch, kept.size())));
        }
    }

    @Override
    public void answer(String subject, String group, Function<Request, Outgoing> answerer) {
        answerers.put(subject, answerer);
    }

    @Override
    public Request request(Outgoing question, Duration within) {
        var answerer = answerers.get(question.subject());
        if (answerer == null) {
            throw new QueryFailed("nobody answers on " + question.subject(), null);
        }
        var answer = new CompletableFuture<Outgoing>();
        Thread.startVirtualThread(
                () -> answer.complete(answerer.apply(new Request(question.headers(), question.body()))));
        try {
            var given = answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return new Request(given.headers(), given.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryFailed("interrupted while asking " + question.subject(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new QueryFailed("no answer on " + question.subject() + " within " + within, e);
        }
    }

    @Override
    public boolean connected() {
        return !owner.isShutdown();
    }

    @Override
    public void onReturn(Runnable action) {
        // Memory is never away.
    }

    @Override
    public void close() {
        owner.shutdownNow();
    }

    private Stored store(Outgoing message) {
        var stream = streams.entrySet().stream()
                .filter(entry -> message.subject().startsWith(prefix(Subjects.all(entry.getKey()))))
                .findFirst()
                .orElseThrow(() -> new BrokerUnavailable("no stream takes " + message.subject(), null));
        var key = stream.getKey() + "/" + message.dedupeId();
        if (message.dedupeId() != null && seen.containsKey(key)) {
            return seen.get(key);
        }
        stream.getValue().add(message);
        var stored = new Stored(stream.getKey(), stream.getValue().size());
        seen.put(key, stored);
        durables.values().forEach(Durable::deliver);
        return stored;
    }

    private <T> T byOwner(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, owner).join();
    }

    private static String prefix(String pattern) {
        return pattern.substring(0, pattern.length() - 1);
    }

    /** A durable consumer: how far it has come, what is out, whom it serves in turn. */
    private final class Durable {

        private final ConsumerSpec spec;
        private final List<Consumer<Delivery>> sinks = new ArrayList<>();
        private final List<Out> out = new ArrayList<>();
        private int next;
        private int turn;

        private Durable(ConsumerSpec spec) {
            this.spec = spec;
        }

        private void deliver() {
            var stream = streams.get(spec.stream());
            while (!sinks.isEmpty() && next < stream.size() && out.size() < spec.maxAckPending()) {
                var message = stream.get(next++);
                if (message.subject().startsWith(prefix(spec.filter()))) {
                    var delivered = new Out(message, next);
                    out.add(delivered);
                    delivered.deliverIn(Duration.ZERO);
                }
            }
        }

        private long waiting() {
            var stream = streams.get(spec.stream());
            return out.size()
                    + stream.subList(next, stream.size()).stream()
                            .filter(message -> message.subject().startsWith(prefix(spec.filter())))
                            .count();
        }

        /** A message delivered and not acknowledged. */
        private final class Out {

            private final Outgoing message;
            private final long sequence;
            private int attempts;
            private ScheduledFuture<?> redelivery;

            private Out(Outgoing message, long sequence) {
                this.message = message;
                this.sequence = sequence;
            }

            private void deliverIn(Duration delay) {
                if (redelivery != null) {
                    redelivery.cancel(false);
                }
                redelivery = owner.schedule(this::deliverNow, delay.toMillis(), TimeUnit.MILLISECONDS);
            }

            private void deliverNow() {
                if (!out.contains(this)) {
                    return;
                }
                deliverIn(spec.ackWait());
                if (!sinks.isEmpty()) {
                    sinks.get(turn++ % sinks.size()).accept(new InMemoryDelivery(this, ++attempts));
                }
            }

            private Duration ackWait() {
                return spec.ackWait();
            }

            private void done() {
                redelivery.cancel(false);
                out.remove(this);
                deliver();
            }
        }
    }

    private final class InMemoryConsumption implements Consumption {

        private final Durable durable;
        private final Consumer<Delivery> sink;

        private InMemoryConsumption(Durable durable, Consumer<Delivery> sink) {
            this.durable = durable;
            this.sink = sink;
        }

        @Override
        public long waiting() {
            return byOwner(durable::waiting);
        }

        @Override
        public void close() {
            owner.execute(() -> durable.sinks.remove(sink));
        }
    }

    /** One delivery of a message that is out; settled once. */
    private final class InMemoryDelivery implements Delivery {

        private final Durable.Out out;
        private final int attempt;
        private final AtomicBoolean settled = new AtomicBoolean();

        private InMemoryDelivery(Durable.Out out, int attempt) {
            this.out = out;
            this.attempt = attempt;
        }

        @Override
        public String subject() {
            return out.message.subject();
        }

        @Override
        public Map<String, String> headers() {
            return out.message.headers();
        }

        @Override
        public byte[] body() {
            return out.message.body();
        }

        @Override
        public String place() {
            return Long.toString(out.sequence);
        }

        @Override
        public int attempt() {
            return attempt;
        }

        @Override
        public void ack() {
            settle(out::done);
        }

        @Override
        public void retryIn(Duration delay) {
            settle(() -> out.deliverIn(delay));
        }

        @Override
        public void inProgress() {
            if (!settled.get()) {
                tell(() -> out.deliverIn(out.ackWait()));
            }
        }

        private void settle(Runnable settlement) {
            if (settled.compareAndSet(false, true)) {
                tell(settlement);
            }
        }

        private void tell(Runnable settlement) {
            try {
                owner.execute(settlement);
            } catch (RejectedExecutionException e) {
                settled.set(true); // closed: nothing comes again
            }
        }
    }
}
