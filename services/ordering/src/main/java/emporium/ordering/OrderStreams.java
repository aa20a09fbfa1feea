package emporium.ordering;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.ordering.OrderNews.Committed;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * All clients that watch an order through this process. What is changed here is told right after the commit; what
 * another replica changes is found by looking at the versions of all watched orders twice a second, with one query.
 * An open stream costs memory and a socket: no thread, no database connection.
 */
@Singleton
class OrderStreams {
    private static final Logger LOG = Logger.getLogger(OrderStreams.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final Orders orders;
    private final OrderViews views;
    private final ObjectMapper json;
    private final Map<UUID, Set<OrderStream>> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("order-streams").factory());

    OrderStreams(Orders orders, OrderViews views, ObjectMapper json) {
        this.orders = orders;
        this.views = views;
        this.json = json;
        repeat(LOOK, this::lookOnce);
        repeat(BEAT, this::beatOnce);
    }

    /**
     * Tells of the order as it is, and of all that it becomes, until it has come to its end.
     *
     * @param story of the order until now, the oldest first
     * @param lastEvent the version that the client says it has seen last; null if it has just come
     */
    Multi<OutboundSseEvent> watch(List<OrderView> story, String lastEvent, Sse sse) {
        var now = story.getLast();
        var told = Math.min(seen(lastEvent), now.version() - 1);
        return Multi.createFrom().emitter(client -> {
            var stream = new OrderStream(client, sse, json, told);
            add(now.id(), stream);
            client.onTermination(() -> remove(now.id(), stream));
            // What is changed between the reading of the story and here is found by the next look.
            stream.tell(story);
        });
    }

    /** Not told by the thread that has committed: it may hold a whole batch, and must not wait for a query. */
    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Committed change) {
        if (open.containsKey(change.order())) {
            Thread.ofVirtual().name("order-watched").start(guarded(() -> tell(change.order())));
        }
    }

    /** Tells what nobody has told yet; returns of how many orders. */
    int lookOnce() {
        if (open.isEmpty()) {
            return 0;
        }
        var changed = views.versions(open.keySet()).entrySet().stream()
                .filter(order -> streams(order.getKey()).stream().anyMatch(stream -> !stream.knows(order.getValue())))
                .map(Map.Entry::getKey)
                .toList();
        changed.forEach(this::tell);
        return changed.size();
    }

    void beatOnce() {
        each(OrderStream::beat);
    }

    int open() {
        return open.values().stream().mapToInt(Collection::size).sum();
    }

    void stop(@Observes ShutdownEvent stopping) {
        timer.shutdownNow();
        each(OrderStream::close);
    }

    private void tell(UUID order) {
        var story = OrderView.each(orders.story(order));
        streams(order).forEach(stream -> stream.tell(story));
    }

    private Set<OrderStream> streams(UUID order) {
        return open.getOrDefault(order, Set.of());
    }

    private void each(Consumer<OrderStream> what) {
        open.values().forEach(streams -> streams.forEach(what));
    }

    private void add(UUID order, OrderStream stream) {
        open.compute(order, (same, streams) -> {
            var all = streams == null ? ConcurrentHashMap.<OrderStream>newKeySet() : streams;
            all.add(stream);
            return all;
        });
    }

    private void remove(UUID order, OrderStream stream) {
        open.computeIfPresent(order, (same, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }

    private static long seen(String lastEvent) {
        return lastEvent != null && lastEvent.matches("\\d{1,18}") ? Long.parseLong(lastEvent) : Long.MAX_VALUE;
    }

    private void repeat(Duration every, Runnable step) {
        timer.scheduleWithFixedDelay(guarded(step), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A failure must not end the repetition: the next look tells what this one could not. */
    private static Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.warnf("Watched orders could not be looked at: %s", e.getMessage());
            }
        };
    }
}
