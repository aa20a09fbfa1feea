package emporium.search;

import emporium.contracts.customers.CustomersEvent;
import emporium.contracts.ordering.FindOrders;
import emporium.contracts.ordering.OrderFound;
import emporium.contracts.ordering.OrdersFound;
import emporium.messaging.OwnedBy;
import emporium.messaging.Queries;
import emporium.messaging.Received;
import emporium.messaging.Replays;
import emporium.rest.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Makes the read model anew beside the one that is read, and puts it in its place. The orders come from their owner,
 * who knows also those that the streams have forgotten; what happens meanwhile comes by events, which are written to
 * both. The customers' names come from the stream, and those that it has forgotten as they are missed.
 */
@Singleton
class Rebuild {
    private static final Logger LOG = Logger.getLogger(Rebuild.class);
    private static final UUID FIRST = new UUID(0, 0);
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Longer than a builder is ever silent. */
    private static final Duration SILENCE = Duration.ofMinutes(1);
    /** Longer than anybody reads. */
    private static final Duration LAST_READERS = Duration.ofMinutes(1);

    private final Generations generations;
    private final OrderIndex index;
    private final Customers customers;
    private final Queries queries;
    private final Replays replays;
    private final InstantSource clock;

    Rebuild(
            Generations generations,
            OrderIndex index,
            Customers customers,
            @OwnedBy("search") Queries queries,
            @OwnedBy("search") Replays replays,
            InstantSource clock) {
        this.generations = generations;
        this.index = index;
        this.customers = customers;
        this.queries = queries;
        this.replays = replays;
        this.clock = clock;
    }

    /** Begins a generation, to be built by {@link #build}; 409 while another is being built. */
    int begin() {
        tidy();
        return QuarkusTransaction.requiringNew()
                .call(generations::begin)
                .orElseThrow(() -> Problem.conflict("The search is being rebuilt already."));
    }

    /** Fills the generation and makes it the one that is read; on failure it is removed, and all stays as it was. */
    void build(int generation) {
        try {
            replays.replay("customers", CustomersEvent.class, batch -> takeNames(generation, batch));
            fill(generation);
            generations.analyze(generation);
            QuarkusTransaction.requiringNew().run(() -> generations.goLive(generation));
            LOG.infof("The search reads generation %d from now on.", generation);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The search could not be rebuilt and stays as it was.");
            QuarkusTransaction.requiringNew().run(() -> generations.giveUp(generation, e.getMessage()));
        }
    }

    /** Removes what nobody reads any more, and what a process left behind that died while it was building. */
    void tidy() {
        var now = clock.instant();
        for (var dead : generations.silentSince(now.minus(SILENCE))) {
            QuarkusTransaction.requiringNew()
                    .run(() -> generations.giveUp(dead, "The process that built it has died."));
        }
        QuarkusTransaction.requiringNew().run(() -> generations.dropRetiredBefore(now.minus(LAST_READERS)));
    }

    private void takeNames(int generation, List<Received<CustomersEvent>> batch) {
        generations.progress(generation, 0);
        customers.take(batch.stream().map(Received::body).toList());
    }

    private void fill(int generation) {
        Executor aside = Thread::startVirtualThread;
        var next = CompletableFuture.supplyAsync(() -> after(FIRST), aside);
        for (var page = next.join(); !page.isEmpty(); page = next.join()) {
            // The owner reads the next page while this one is written.
            var orders = page;
            var last = orders.getLast().created().order();
            next = CompletableFuture.supplyAsync(() -> after(last), aside);
            QuarkusTransaction.requiringNew().run(() -> index.fill(generation, orders));
        }
    }

    private List<OrderFound> after(UUID order) {
        return queries.ask(new FindOrders(order, PAGE), OrdersFound.class, PATIENCE)
                .orders();
    }
}
