package emporium.messaging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All that one service says and hears. Made once per service as a CDI bean; the library migrates its schema, starts
 * its consumers with the application and drains them when it stops.
 *
 * <p>Handlers run on a virtual thread inside one database transaction per batch, after the inbox has sorted out what
 * was seen before. They return normally or throw: an exception rolls back, is tried again with back-off, and parks
 * the message in the end. A business <em>no</em> is a reply like any other.
 */
public final class Endpoint {

    private final String name;
    private final WireNames wire;
    private final List<String> migrations;
    private final List<Runnable> checks;
    private final List<Subscription> subscriptions;
    private final Map<String, Predicate<Object>> interests;
    private final Map<Class<?>, Function<Object, Object>> queries;

    private Endpoint(Builder builder) {
        name = builder.name;
        wire = new WireNames(builder.types);
        migrations = List.copyOf(builder.migrations);
        checks = List.copyOf(builder.checks);
        subscriptions = List.copyOf(builder.subscriptions);
        interests = Map.copyOf(builder.interests);
        queries = Map.copyOf(builder.queries);
    }

    /**
     * Begins an endpoint.
     *
     * @param name lower-case letters; it is also the schema, the subject token and the prefix of durable consumers
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    /** All message types that it sends, takes, asks or answers, by wire name. */
    public Map<String, Class<?>> types() {
        return wire.types();
    }

    /** What it takes, one entry for each of its consumers and each family of queries that it answers. */
    public List<Heard> hears() {
        var messages = subscriptions.stream()
                .map(taken -> new Heard(
                        Subjects.filter(taken.kind(), taken.owner()),
                        taken.handler().family()));
        var questions = queries.keySet().stream().map(family -> new Heard(Subjects.query(name), family));
        return Stream.concat(messages, questions).toList();
    }

    /** Messages of one family, from all subjects that fit a pattern. */
    public record Heard(String subjects, Class<?> family) {}

    WireNames wire() {
        return wire;
    }

    List<String> migrations() {
        return migrations;
    }

    List<Runnable> checks() {
        return checks;
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    /** Whether a message of this subscription can change anything here. */
    boolean matters(Subscription subscription, Object message) {
        return subscription.kind() != Kind.EVENT
                || interests.getOrDefault(subscription.owner(), any -> true).test(message);
    }

    Map<Class<?>, Function<Object, Object>> queries() {
        return queries;
    }

    /** One durable consumer of an endpoint: which messages it takes and who handles a batch of them. */
    record Subscription(Kind kind, String owner, BatchHandler handler) {}

    /** What travels where: each kind has a stream of its own. */
    enum Kind {
        COMMAND,
        REPLY,
        EVENT
    }

    /** Handles new messages of one batch in the receiver's transaction; returns replies in the order of the messages, or nothing. */
    interface BatchHandler {

        Class<?> family();

        List<?> handle(List<Received<Object>> batch);
    }

    public static final class Builder {

        private final String name;
        private final Map<String, Class<?>> types = new HashMap<>();
        private final List<String> migrations = new ArrayList<>();
        private final List<Runnable> checks = new ArrayList<>();
        private final List<Subscription> subscriptions = new ArrayList<>();
        private final Map<String, Predicate<Object>> interests = new HashMap<>();
        private final Map<Class<?>, Function<Object, Object>> queries = new HashMap<>();

        private Builder(String name) {
            if (!name.matches("[a-z][a-z0-9_]{0,30}")) {
                throw new IllegalArgumentException("'" + name + "' is no endpoint name: use lower-case letters");
            }
            this.name = name;
        }

        /** Adds message types by wire name: all that this endpoint sends, receives, asks or answers. */
        public Builder wire(Map<String, Class<?>> types) {
            this.types.putAll(types);
            return this;
        }

        /** Flyway locations of the service's own tables, created in the endpoint's schema. Versions start at V1000. */
        public Builder migrations(String... locations) {
            migrations.addAll(List.of(locations));
            return this;
        }

        /**
         * Something to look at when the schema is up to date and nothing is consumed yet. What it throws ends the
         * start of the application, unless the database is away: then it is run again.
         */
        public Builder check(Runnable check) {
            checks.add(check);
            return this;
        }

        /** Takes the commands sent to this endpoint; what the handler returns is the reply. */
        public <C> Builder commands(Class<C> family, Function<? super C, ?> handler) {
            return commands(family, batch -> {}, handler);
        }

        /**
         * As {@link #commands(Class, Function)}; {@code prefetch} sees all commands of a batch before the first is
         * handled, in the same transaction, to load what they need by one query.
         */
        public <C> Builder commands(
                Class<C> family, Consumer<? super List<C>> prefetch, Function<? super C, ?> handler) {
            return subscribe(Kind.COMMAND, name, new OneByOne<>(family, prefetch, handler::apply));
        }

        /** Takes the events of another endpoint. */
        public <E> Builder events(String owner, Class<E> family, Consumer<? super E> handler) {
            return events(owner, family, batch -> {}, handler);
        }

        /** As {@link #events(String, Class, Consumer)} with a prefetch as in {@link #commands(Class, Consumer, Function)}. */
        public <E> Builder events(
                String owner, Class<E> family, Consumer<? super List<E>> prefetch, Consumer<? super E> handler) {
            return subscribe(Kind.EVENT, owner, new OneByOne<>(family, prefetch, event -> {
                handler.accept(event);
                return null;
            }));
        }

        /** Takes the events of another endpoint as whole batches, for handlers that write many rows at once. */
        public <E> Builder eventBatches(String owner, Class<E> family, Consumer<List<Received<E>>> handler) {
            return subscribe(Kind.EVENT, owner, new WholeBatch<>(family, handler));
        }

        /**
         * Of another endpoint's events only these matter here: the others are acknowledged as they come, without a
         * transaction. Say it only of what changes nothing whatever came before; it must not look at any state.
         */
        public <E> Builder interest(String owner, Class<E> family, Predicate<? super E> matters) {
            interests.put(owner, event -> matters.test(family.cast(event)));
            return this;
        }

        /** Takes the replies to the commands that this endpoint has sent, as whole batches. */
        public <R> Builder replyBatches(Class<R> family, Consumer<List<Received<R>>> handler) {
            return subscribe(Kind.REPLY, name, new WholeBatch<>(family, handler));
        }

        /** Answers queries of one sealed family; the handler runs outside of any transaction and only reads. */
        public <Q> Builder queries(Class<Q> family, Function<? super Q, ?> handler) {
            queries.put(family, query -> handler.apply(family.cast(query)));
            return this;
        }

        public Endpoint build() {
            return new Endpoint(this);
        }

        private Builder subscribe(Kind kind, String owner, BatchHandler handler) {
            subscriptions.add(new Subscription(kind, owner, handler));
            return this;
        }
    }
}
