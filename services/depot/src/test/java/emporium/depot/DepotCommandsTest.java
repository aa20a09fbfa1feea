package emporium.depot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.CancelledBeforehand;
import emporium.contracts.depot.CreateShoppingList;
import emporium.contracts.depot.DepotCommand;
import emporium.contracts.depot.DepotReply;
import emporium.contracts.depot.InitiateShopping;
import emporium.contracts.depot.Line;
import emporium.contracts.depot.OutOfStock;
import emporium.contracts.depot.ShoppingInitiated;
import emporium.contracts.depot.ShoppingListCancelled;
import emporium.contracts.depot.ShoppingListCreated;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DepotCommandsTest {

    @Inject
    DepotCommands commands;

    @Inject
    ShoppingLists lists;

    @Inject
    StockRoom stockRoom;

    @Inject
    SessionFactory sessions;

    @Inject
    SilentBots silentBots;

    private final UUID order = UUID.randomUUID();
    private final UUID store = UUID.randomUUID();
    private final UUID lamp = UUID.randomUUID();
    private final UUID bulb = UUID.randomUUID();

    /** Statements are counted here, and sweeps made by hand. */
    @BeforeEach
    void nobody_sweeps_in_the_background() {
        silentBots.stop(new ShutdownEvent());
    }

    @Test
    void a_create_opens_a_pending_list_and_reserves_its_stock() {
        onShelves(lamp, 5);
        var created = created(order, line(lamp, 2), line(bulb, 1));
        assertEquals(ShoppingList.Status.PENDING, list(created).status());
        assertEquals(
                List.of(new Stop(
                        store, "Lights & Co", List.of(new Stop.Item(lamp, "Lamp", 2), new Stop.Item(bulb, "Bulb", 1)))),
                list(created).stops());
        assertReserved(lamp, 2);
    }

    @Test
    void an_order_has_one_list_however_often_it_is_asked_for() {
        onShelves(lamp, 5);
        var create = create(order, line(lamp, 2));
        var first = handle(create);
        assertEquals(first, handle(create));
        assertEquals(List.of(first, first), handleBatch(create, create));
        assertReserved(lamp, 2);
    }

    @Test
    void the_same_product_in_two_lines_is_reserved_as_their_sum() {
        onShelves(lamp, 5);
        created(order, line(lamp, 2), line(lamp, 3));
        assertReserved(lamp, 5);
    }

    @Test
    void a_create_that_finds_too_little_names_the_products_and_reserves_nothing() {
        onShelves(lamp, 5);
        onShelves(bulb, 1);
        var refused = handle(create(order, line(lamp, 5), line(bulb, 1), line(bulb, 1)));
        assertEquals(new OutOfStock(order, List.of("Bulb")), refused);
        assertReserved(lamp, 0);
        assertReserved(bulb, 0);
        assertTrue(QuarkusTransaction.requiringNew()
                .call(() -> lists.lockOfOrders(List.of(order)).isEmpty()));
    }

    @Test
    void the_last_one_goes_to_the_first_of_a_batch() {
        onShelves(lamp, 1);
        var second = UUID.randomUUID();
        var replies = handleBatch(create(order, line(lamp, 1)), create(second, line(lamp, 1)));
        assertInstanceOf(ShoppingListCreated.class, replies.getFirst());
        assertEquals(new OutOfStock(second, List.of("Lamp")), replies.getLast());
        assertReserved(lamp, 1);
    }

    @Test
    void a_cancel_frees_the_stock_once() {
        onShelves(lamp, 5);
        var created = created(order, line(lamp, 2));
        assertEquals(new ShoppingListCancelled(order), handle(new CancelShoppingList(order)));
        assertEquals(new ShoppingListCancelled(order), handle(new CancelShoppingList(order)));
        assertEquals(ShoppingList.Status.CANCELLED, list(created).status());
        assertReserved(lamp, 0);
    }

    @Test
    void a_list_opened_before_its_product_was_counted_frees_nothing_of_it() {
        created(order, line(lamp, 2));
        onShelves(lamp, 5);
        created(UUID.randomUUID(), line(lamp, 1));
        handle(new CancelShoppingList(order));
        assertReserved(lamp, 1);
    }

    @Test
    void a_create_overtaken_by_its_cancel_reserves_nothing_and_is_refused() {
        onShelves(lamp, 5);
        assertEquals(new ShoppingListCancelled(order), handle(new CancelShoppingList(order)));
        assertEquals(new CancelledBeforehand(order), handle(create(order, line(lamp, 2))));
        assertReserved(lamp, 0);
    }

    @Test
    void a_cancel_in_the_same_batch_as_its_create_leaves_nothing_whichever_comes_first() {
        onShelves(lamp, 5);
        var other = UUID.randomUUID();
        handleBatch(
                create(order, line(lamp, 2)),
                new CancelShoppingList(order),
                new CancelShoppingList(other),
                create(other, line(lamp, 2)));
        assertReserved(lamp, 0);
    }

    @Test
    void shopping_is_initiated_once_and_answered_always() {
        var created = created(order, line(lamp, 2));
        assertEquals(new ShoppingInitiated(order), handle(new InitiateShopping(order)));
        assertEquals(new ShoppingInitiated(order), handle(new InitiateShopping(order)));
        assertEquals(ShoppingList.Status.AVAILABLE, list(created).status());
    }

    @Test
    void shopping_for_a_list_cancelled_meanwhile_is_answered_and_offers_nothing() {
        var created = created(order, line(lamp, 2));
        handle(new CancelShoppingList(order));
        assertEquals(new ShoppingInitiated(order), handle(new InitiateShopping(order)));
        assertEquals(ShoppingList.Status.CANCELLED, list(created).status());
    }

    @Test
    void shopping_for_an_order_without_any_list_is_a_failure_for_an_operator_to_see() {
        assertThrows(IllegalStateException.class, () -> handle(new InitiateShopping(order)));
    }

    @Test
    void a_batch_costs_four_statements_whatever_its_size_to_read_lists_and_stock_and_to_write_both() {
        onShelves(lamp, 1000);
        onShelves(bulb, 1000);
        assertEquals(4, statementsOf(creates(3)));
        assertEquals(4, statementsOf(creates(50)));
        assertReserved(lamp, 53);
        assertReserved(bulb, 106);
    }

    @Test
    void batches_that_race_for_the_same_products_never_sell_more_than_there_is_and_never_wait_in_a_circle()
            throws Exception {
        onShelves(lamp, 25);
        onShelves(bulb, 1000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = handleMany(threads, line(lamp, 1), line(bulb, 1));
            var other = handleMany(threads, line(bulb, 1), line(lamp, 1));
            assertEquals(25, opened(one.get()) + opened(other.get()));
        }
        assertReserved(lamp, 25);
        assertReserved(bulb, 25);
    }

    private Future<List<DepotReply>> handleMany(ExecutorService threads, Line... lines) {
        return threads.submit(() -> IntStream.range(0, 10)
                .mapToObj(i -> handleBatch(create(UUID.randomUUID(), lines), create(UUID.randomUUID(), lines)))
                .flatMap(List::stream)
                .toList());
    }

    private static long opened(List<DepotReply> replies) {
        return replies.stream().filter(ShoppingListCreated.class::isInstance).count();
    }

    @Test
    void a_create_and_a_cancel_that_race_leave_nothing_reserved() throws Exception {
        onShelves(lamp, 5);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var create = threads.submit(() -> untilDone(create(order, line(lamp, 2))));
            var cancel = threads.submit(() -> untilDone(new CancelShoppingList(order)));
            create.get();
            assertEquals(new ShoppingListCancelled(order), cancel.get());
        }
        assertReserved(lamp, 0);
    }

    /** The receiver's way with a failure: once more, in a new transaction. */
    private DepotReply untilDone(DepotCommand command) {
        try {
            return handle(command);
        } catch (RuntimeException twinWasFaster) {
            return handle(command);
        }
    }

    @Test
    void a_batch_that_initiates_shopping_costs_two_statements_whatever_its_size() {
        assertEquals(2, statementsOf(initiates(3)));
        assertEquals(2, statementsOf(initiates(50)));
    }

    private DepotCommand[] initiates(int count) {
        var creates = creates(count);
        handleBatch(creates);
        return Stream.of(creates)
                .map(create -> new InitiateShopping(((CreateShoppingList) create).order()))
                .toArray(DepotCommand[]::new);
    }

    private long statementsOf(DepotCommand... batch) {
        var statistics = sessions.getStatistics();
        statistics.setStatisticsEnabled(true);
        var before = statistics.getPrepareStatementCount();
        handleBatch(batch);
        return statistics.getPrepareStatementCount() - before;
    }

    private DepotCommand[] creates(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> create(UUID.randomUUID(), line(lamp, 1), line(bulb, 2)))
                .toArray(DepotCommand[]::new);
    }

    private List<DepotReply> handleBatch(DepotCommand... batch) {
        return QuarkusTransaction.requiringNew().call(() -> {
            commands.prefetch(List.of(batch));
            return Stream.of(batch).map(commands::handle).toList();
        });
    }

    private DepotReply handle(DepotCommand command) {
        return handleBatch(command).getFirst();
    }

    private ShoppingListCreated created(UUID order, Line... lines) {
        return assertInstanceOf(ShoppingListCreated.class, handle(create(order, lines)));
    }

    private static CreateShoppingList create(UUID order, Line... lines) {
        return new CreateShoppingList(order, List.of(lines));
    }

    private Line line(UUID product, int quantity) {
        return new Line(product, product.equals(lamp) ? "Lamp" : "Bulb", store, "Lights & Co", quantity);
    }

    private ShoppingList list(ShoppingListCreated created) {
        return QuarkusTransaction.requiringNew().call(() -> lists.findById(created.shoppingList()));
    }

    private void onShelves(UUID product, long quantity) {
        QuarkusTransaction.requiringNew()
                .run(() -> stockRoom.lockOrBegin(product).count(quantity));
    }

    private void assertReserved(UUID product, long quantity) {
        var stock = QuarkusTransaction.requiringNew().call(() -> stockRoom.findById(product));
        assertEquals(quantity, stock.reserved());
    }
}
