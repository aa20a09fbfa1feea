package emporium.ordering;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporium.contracts.stores.ProductFound;
import emporium.messaging.Database;
import emporium.messaging.MessageContext;
import emporium.rest.KeyUse;
import emporium.rest.Problem;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Orders that come while another is being placed. That one is held up by somebody who has taken its key. */
@QuarkusTest
class OrderIntakeTest {
    private static final String ENDPOINT = "POST /api/orders";

    @Inject
    OrderIntake intake;

    @Inject
    Neighbours neighbours;

    @Inject
    Catalogue catalogue;

    @Inject
    Database database;

    @Inject
    DataSource source;

    private final UUID customer = UUID.randomUUID();
    private final List<Thread> callers = new ArrayList<>();

    @Test
    void orders_that_come_together_are_written_by_one_transaction_each_on_its_own_behalf() throws Exception {
        var lamp = told(true);
        var orders = whileOneIsHeldUp(
                lamp, List.of(() -> placing(lamp, key()), () -> placing(lamp, null), () -> placing(lamp, key())));

        var ids = orders.stream().map(order -> order.join().orElseThrow().id()).toList();

        assertEquals(3, ids.stream().distinct().count());
        assertEquals(List.of(1, 3, 3), database.run("""
                select count(distinct e.xmin::text), count(*), count(distinct e.correlation_id)
                from ordering.event e join ordering.orders o on o.id = e.stream_id where o.id = any(?)""", select -> {
            select.setArray(1, select.getConnection().createArrayOf("uuid", ids.toArray()));
            var row = select.executeQuery();
            row.next();
            return List.of(row.getInt(1), row.getInt(2), row.getInt(3));
        }));
    }

    @Test
    void one_that_is_refused_harms_only_itself_and_keeps_no_key() throws Exception {
        var lamp = told(true);
        var closed = told(false);
        var key = key();
        var orders = whileOneIsHeldUp(
                lamp, List.of(() -> placing(lamp, key()), () -> placing(closed, key), () -> placing(lamp, null)));

        var refused = orders.get(1);
        var failure = assertThrows(CompletionException.class, refused::join).getCause();

        // That its store does not take part may be old news: its owner is asked, and then the copy is the last word.
        assertEquals(OwnerMayKnowBetter.class, failure.getClass());
        assertThrows(Problem.class, () -> intake.placeAsKnown(order(closed), Optional.of(key)));
        assertEquals(0, uses(key));
        assertEquals(true, orders.get(0).join().isPresent());
        assertEquals(true, orders.get(2).join().isPresent());
    }

    @Test
    void of_twins_that_come_together_one_is_placed() throws Exception {
        var lamp = told(true);
        var key = key();
        var orders = whileOneIsHeldUp(lamp, List.of(() -> placing(lamp, key), () -> placing(lamp, key)));

        var placed = orders.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList();

        assertEquals(1, placed.size());
        assertEquals(List.of(placed.getFirst().id()), placedFor(customer));
        assertEquals(1, uses(key));
    }

    /** Has these come while another order waits for its key, and lets that one go when all are there. */
    private List<CompletableFuture<Optional<OrderView>>> whileOneIsHeldUp(
            ProductFound product, List<Supplier<CompletableFuture<Optional<OrderView>>>> others) throws SQLException {
        var held = key();
        try (var twin = source.getConnection()) {
            twin.setAutoCommit(false);
            try (var take = twin.prepareStatement(
                    "insert into ordering.idempotency_key (endpoint, key, request, created_at) values (?, ?, '', now())")) {
                take.setString(1, held.endpoint());
                take.setString(2, held.key());
                take.executeUpdate();
            }
            var first = placing(product, held);
            await().until(this::someoneWaitsForALock);
            var coming = new ArrayList<CompletableFuture<Optional<OrderView>>>();
            for (var other : others) {
                coming.add(other.get());
            }
            await().until(() -> waiting() == others.size() + 1);
            twin.rollback();
            assertEquals(true, first.join().isPresent());
            return coming;
        }
    }

    private long waiting() {
        return callers.stream()
                .filter(caller -> caller.getState() == Thread.State.WAITING)
                .count();
    }

    private CompletableFuture<Optional<OrderView>> placing(ProductFound product, KeyUse use) {
        var context = new MessageContext(UUID.randomUUID(), null, null, "test");
        var answer = new CompletableFuture<Optional<OrderView>>();
        callers.add(Thread.ofVirtual().start(() -> {
            try {
                answer.complete(context.call(() -> intake.place(order(product), Optional.ofNullable(use))));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }));
        return answer;
    }

    private PlaceOrder order(ProductFound product) {
        return new PlaceOrder(
                customer,
                UUID.randomUUID(),
                List.of(new PlaceOrder.Item(product.product().product(), 1)));
    }

    private static KeyUse key() {
        return new KeyUse("ordering", ENDPOINT, UUID.randomUUID().toString(), new byte[] {1});
    }

    private ProductFound told(boolean participating) {
        var product = neighbours.has("Lamp", 1999, "EUR", participating);
        neighbours.publish(product.store().store(), product.store());
        neighbours.publish(product.product().product(), product.product());
        var id = product.product().product();
        await().until(() -> catalogue.find(List.of(id)).containsKey(id));
        return product;
    }

    private boolean someoneWaitsForALock() {
        return count("select count(*) from pg_locks where not granted") > 0;
    }

    private long uses(KeyUse use) {
        return count("select count(*) from ordering.idempotency_key where key = '" + use.key() + "'");
    }

    private long count(String sql) {
        return database.run(sql, select -> {
            var row = select.executeQuery();
            row.next();
            return row.getLong(1);
        });
    }

    /** But for the one that was held up. */
    private List<UUID> placedFor(UUID customer) {
        return database.run("select id from ordering.orders where customer_id = ? order by id", select -> {
            select.setObject(1, customer);
            var rows = select.executeQuery();
            var ids = new ArrayList<UUID>();
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
            return ids.subList(1, ids.size());
        });
    }
}
