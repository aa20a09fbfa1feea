package emporium.search;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderStatus;
import emporium.messaging.Database;
import emporium.messaging.OwnedBy;
import emporium.messaging.Queries;
import emporium.messaging.Replays;
import emporium.rest.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RebuildTest {
    private static final Logger LOG = Logger.getLogger(RebuildTest.class);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Inject
    Neighbours neighbours;

    @Inject
    OrderIndex index;

    @Inject
    Customers customers;

    @Inject
    Generations generations;

    @Inject
    OrderSearch search;

    @Inject
    Rebuild rebuild;

    @Inject
    Database database;

    @Inject
    InstantSource clock;

    @Inject
    @OwnedBy("search")
    Queries queries;

    @Inject
    @OwnedBy("search")
    Replays replays;

    private final UUID ann = UUID.randomUUID();

    @AfterEach
    void orderingAnswersAtOnce() {
        neighbours.meanwhile = () -> {};
        neighbours.orders.clear();
    }

    @Test
    void what_was_lost_is_there_again() {
        var customer = neighbours.registers("Dora Dent");
        neighbours.tell(customer);
        var kept = order();
        neighbours.has(kept, Neighbours.changed(kept, 4, OrderStatus.COMPLETED, null));
        var new1 = neighbours.order(customer.customer(), NOON, neighbours.line("Lamp", "Lights", 1));
        neighbours.has(new1, Changes.firstOf(new1));
        database.run("delete from search.customer", PreparedStatement::executeUpdate);
        assertEquals(0, find(ann).size());
        rebuildByRest();
        assertEquals(OrderStatus.COMPLETED, find(ann).getFirst().status());
        assertEquals(4, find(ann).getFirst().version());
        assertEquals("Lamp", find(ann).getFirst().items().getFirst().productName());
        assertEquals("Dora Dent", find(customer.customer()).getFirst().customerName());
    }

    @Test
    void what_is_wrong_is_right_again_and_what_does_not_exist_is_gone() {
        var order = order();
        take(order);
        take(order());
        database.run(
                "update %s set status = 'COMPLETED', version = 99 where customer_id = '%s'"
                        .formatted(new Tables(generations.live()).orders(), ann),
                PreparedStatement::executeUpdate);
        neighbours.has(order, Changes.firstOf(order));
        rebuildByRest();
        assertEquals(
                List.of(order.order()), find(ann).stream().map(OrderView::id).toList());
        assertEquals(OrderStatus.PENDING, find(ann).getFirst().status());
    }

    @Test
    void what_happens_during_a_rebuild_is_neither_lost_nor_undone() throws Exception {
        var before = order();
        neighbours.has(before, Changes.firstOf(before));
        take(before);
        var during = order();
        var happened = new AtomicBoolean();
        neighbours.meanwhile = () -> {
            if (happened.compareAndSet(false, true)) {
                take(during);
                QuarkusTransaction.requiringNew()
                        .run(() -> index.take(List.of(Neighbours.changed(before, 2, OrderStatus.APPROVED, null))));
                assertEquals(2, find(ann).size()); // is read while it is being rebuilt
            }
        };
        rebuildByRest();
        assertTrue(happened.get());
        assertEquals(2, find(ann).size());
        assertEquals(
                List.of(OrderStatus.APPROVED, OrderStatus.PENDING),
                find(ann).stream()
                        .map(OrderView::status)
                        .sorted((a, b) -> b.compareTo(a))
                        .toList());
    }

    @Test
    void events_readers_and_rebuilds_at_once_lose_nothing() throws Exception {
        var stop = new AtomicBoolean();
        var written = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = List.<Future<?>>of(
                    threads.submit(() -> write(stop, written)), threads.submit(() -> write(stop, written)));
            var reader = threads.submit(() -> {
                while (!stop.get()) {
                    find(ann);
                }
            });
            for (int i = 0; i < 5; i++) {
                rebuild.build(rebuild.begin());
            }
            stop.set(true);
            for (var writer : writers) {
                writer.get();
            }
            reader.get();
        }
        assertTrue(written.get() > 0);
        assertEquals(written.get(), find(ann).size());
        assertTrue(find(ann).stream().allMatch(order -> order.status() == OrderStatus.APPROVED));
    }

    @Test
    void only_one_rebuild_goes_on_at_a_time() throws Exception {
        var asked = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        neighbours.meanwhile = () -> {
            asked.countDown();
            await(answer);
        };
        var generation = rebuild.begin();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> rebuild.build(generation));
            asked.await();
            given().post("/api/search/rebuild")
                    .then()
                    .statusCode(409)
                    .body("detail", equalTo("The search is being rebuilt already."));
            answer.countDown();
            first.get();
        }
        assertEquals(generation, generations.live());
    }

    @Test
    void a_rebuild_that_fails_leaves_all_as_it_was_and_says_why() {
        var order = order();
        take(order);
        neighbours.meanwhile = () -> {
            throw new IllegalStateException("ordering is away");
        };
        var live = generations.live();
        var generation = rebuild.begin();
        rebuild.build(generation);
        given().get("/api/search/rebuild/" + generation)
                .then()
                .body("status", equalTo("FAILED"))
                .body("failure", containsString("ordering is away"));
        assertEquals(live, generations.live());
        assertEquals(1, find(ann).size());
        assertFalse(tableExists(generation));
    }

    @Test
    void a_rebuild_whose_process_has_died_is_cleared_away_and_its_builder_cannot_go_on() {
        var order = order();
        neighbours.has(order, Changes.firstOf(order));
        var dead = rebuild.begin();
        assertThrows(Problem.class, () -> rebuild.begin());
        rebuildIn(Duration.ofMinutes(2)).tidy();
        assertFalse(tableExists(dead));
        rebuild.build(dead);
        assertEquals(
                Generation.State.FAILED,
                generations.list().stream()
                        .filter(generation -> generation.number() == dead)
                        .findFirst()
                        .orElseThrow()
                        .state());
        rebuildByRest();
        assertEquals(1, find(ann).size());
    }

    @Test
    void the_tables_that_were_replaced_are_removed_when_nobody_reads_them_any_more() {
        var replaced = generations.live();
        rebuildByRest();
        rebuild.tidy();
        assertTrue(tableExists(replaced));
        rebuildIn(Duration.ofMinutes(2)).tidy();
        assertFalse(tableExists(replaced));
        assertTrue(tableExists(generations.live()));
    }

    @Test
    void how_fast_it_is() {
        var orders = Integer.getInteger("emporium.search.rebuilt", 20_000);
        for (int i = 0; i < orders; i++) {
            var order = neighbours.order(
                    UUID.randomUUID(),
                    NOON.plusSeconds(i),
                    neighbours.line("Lamp " + i % 1000, "Lights " + i % 50, 100 + i % 10_000),
                    neighbours.line("Bulb " + i % 700, "Lights " + i % 40, 50));
            neighbours.has(order, Neighbours.changed(order, 4, OrderStatus.COMPLETED, null));
        }
        var generation = rebuild.begin();
        var started = System.nanoTime();
        rebuild.build(generation);
        var seconds = (System.nanoTime() - started) / 1e9;
        LOG.infof("rebuilt %d orders in %.1f s: %.0f orders/s", orders, seconds, orders / seconds);
        given().get("/api/search/rebuild/" + generation)
                .then()
                .body("status", equalTo("LIVE"))
                .body("orders", equalTo(orders))
                .body("ordersPerSecond", greaterThanOrEqualTo(1));
    }

    private void write(AtomicBoolean stop, AtomicInteger written) {
        while (!stop.get() && written.get() < 500) {
            var order = order();
            neighbours.has(order, Neighbours.changed(order, 2, OrderStatus.APPROVED, null));
            take(order);
            QuarkusTransaction.requiringNew()
                    .run(() -> index.take(List.of(Neighbours.changed(order, 2, OrderStatus.APPROVED, null))));
            written.incrementAndGet();
        }
    }

    private void rebuildByRest() {
        var location = given().post("/api/search/rebuild")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        Awaitility.await().untilAsserted(() -> given().get(location).then().body("status", equalTo("LIVE")));
    }

    private Rebuild rebuildIn(Duration ahead) {
        var later = InstantSource.fixed(clock.instant().plus(ahead));
        return new Rebuild(generations, index, customers, queries, replays, later);
    }

    private boolean tableExists(int generation) {
        return database.run("select to_regclass(?)", select -> {
            select.setString(1, new Tables(generation).orders());
            try (var row = select.executeQuery()) {
                row.next();
                return row.getString(1) != null;
            }
        });
    }

    private OrderCreated order() {
        return neighbours.order(ann, NOON, neighbours.line("Lamp", "Lights", 100));
    }

    private void take(OrderCreated order) {
        QuarkusTransaction.requiringNew().run(() -> index.take(List.of(order)));
    }

    private List<OrderView> find(UUID customer) {
        return search.find(new Filters(customer, null, null, null, null, null, null, null, null), null, 1000);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
