package emporium.ordering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.contracts.Money;
import emporium.contracts.ordering.ApproveOrder;
import emporium.contracts.ordering.OrderApproved;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderRejected;
import emporium.contracts.ordering.OrderStatus;
import emporium.contracts.ordering.OrderingCommand;
import emporium.contracts.ordering.OrderingReply;
import emporium.contracts.ordering.RejectOrder;
import emporium.eventsourcing.EventStore;
import emporium.eventsourcing.Loaded;
import emporium.messaging.Database;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OrderingCommandsTest {
    private static final UUID LIST = new UUID(0, 1);

    @Inject
    OrderingCommands commands;

    @Inject
    Orders orders;

    @Inject
    OrderViews views;

    @Inject
    OrderProjection projection;

    @Inject
    DataSource database;

    @Inject
    ObjectMapper json;

    @Inject
    OrderNews news;

    @Inject
    InstantSource clock;

    @Inject
    TransactionManager transactions;

    @Inject
    TransactionSynchronizationRegistry registry;

    private UUID order;

    @BeforeEach
    void placeAnOrder() {
        order = placed();
    }

    @Test
    void an_approved_order_shows_its_list() {
        assertEquals(List.of(new OrderApproved(order)), handle(new ApproveOrder(order, LIST)));
        var view = view(order);
        assertEquals(OrderStatus.APPROVED, view.status());
        assertEquals(LIST, view.shoppingListId());
        assertEquals(2, view.version());
    }

    @Test
    void a_rejected_order_shows_the_reason() {
        assertEquals(List.of(new OrderRejected(order)), handle(new RejectOrder(order, "card expired")));
        var view = view(order);
        assertEquals(OrderStatus.REJECTED, view.status());
        assertEquals("card expired", view.reason());
    }

    @Test
    void a_repeated_command_gets_the_same_reply_and_leaves_one_event() {
        var approve = new ApproveOrder(order, LIST);
        assertEquals(List.of(new OrderApproved(order), new OrderApproved(order)), handle(approve, approve));
        assertEquals(List.of(new OrderApproved(order)), handle(approve));
        assertEquals(2, orders.story(order).size());
    }

    @Test
    void a_batch_is_answered_in_its_order_and_changes_every_order() {
        var batch = approvals(30);
        var replies = Stream.of(batch)
                .map(approve -> new OrderApproved(approve.order()))
                .toList();
        assertEquals(replies, handle(batch));
        replies.forEach(
                reply -> assertEquals(OrderStatus.APPROVED, view(reply.order()).status()));
    }

    @Test
    void a_batch_costs_the_same_number_of_statements_whatever_its_size() {
        assertEquals(statementsOf(approvals(3)), statementsOf(approvals(50)));
    }

    @Test
    void a_command_for_an_order_never_placed_is_a_failure_for_an_operator_to_see() {
        var unknown = UUID.randomUUID();
        assertThrows(IllegalStateException.class, () -> handle(new ApproveOrder(unknown, LIST)));
        assertThrows(IllegalStateException.class, () -> handle(new RejectOrder(unknown, "why not")));
    }

    @Test
    void a_failing_command_takes_back_the_whole_batch() {
        assertThrows(
                IllegalStateException.class,
                () -> handle(new ApproveOrder(order, LIST), new ApproveOrder(UUID.randomUUID(), LIST)));
        assertEquals(OrderStatus.PENDING, view(order).status());
    }

    @Test
    void an_order_is_never_both_approved_and_rejected() {
        handle(new ApproveOrder(order, LIST));
        assertThrows(IllegalStateException.class, () -> handle(new RejectOrder(order, "too late")));
        assertEquals(OrderStatus.APPROVED, view(order).status());
    }

    @Test
    void the_views_can_be_made_again_of_the_events() {
        handle(new ApproveOrder(order, LIST));
        var other = placed();
        handle(new RejectOrder(other, "card expired"));
        var before = List.of(view(order), view(other));
        var store = new EventStore(database, "ordering", json, projection);
        QuarkusTransaction.requiringNew().run(() -> store.rebuild(projection.name()));
        assertEquals(before, List.of(view(order), view(other)));
    }

    private UUID placed() {
        var id = UUID.randomUUID();
        var price = new Money(1999, "EUR");
        var lines = List.of(new OrderLine(new UUID(0, 2), "Lamp", new UUID(0, 3), "Lights & Co", price, 2));
        var created = new OrderChange.Created(id, new UUID(0, 4), new UUID(0, 5), lines, price.times(2));
        QuarkusTransaction.requiringNew().run(() -> orders.save(Loaded.fresh(id), List.of(created)));
        return id;
    }

    private ApproveOrder[] approvals(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ApproveOrder(placed(), LIST))
                .toArray(ApproveOrder[]::new);
    }

    /** Each statement of the store, the projection and the reads takes its connection anew. */
    private int statementsOf(OrderingCommand... batch) {
        var statements = new AtomicInteger();
        var counting = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    statements.incrementAndGet();
                    return method.invoke(database, arguments);
                });
        var counted = new Orders(
                counting, json, new OrderProjection(new Database(counting), json), news, clock, transactions, registry);
        handle(new OrderingCommands(counted), batch);
        return statements.get();
    }

    private List<OrderingReply> handle(OrderingCommand... batch) {
        return handle(commands, batch);
    }

    private static List<OrderingReply> handle(OrderingCommands commands, OrderingCommand... batch) {
        return QuarkusTransaction.requiringNew().call(() -> {
            commands.prefetch(List.of(batch));
            return Stream.of(batch).map(commands::handle).toList();
        });
    }

    private OrderView view(UUID id) {
        return views.find(id).orElseThrow();
    }
}
