package emporium.ordering;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporium.contracts.Money;
import emporium.contracts.baskets.BasketCheckedOut;
import emporium.contracts.depot.ShoppingListCompleted;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderStatus;
import emporium.contracts.payments.InvoiceChanged;
import emporium.contracts.payments.InvoiceStatus;
import emporium.messaging.MessageIds;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the other services tell moves orders on, in whatever order and however often it comes. */
@QuarkusTest
class OrderingEventsTest {
    private static final Money PRICE = new Money(1999, "EUR");

    @Inject
    OtherServices others;

    @Inject
    Neighbours neighbours;

    @Inject
    Stage stage;

    @Inject
    OrderingEvents events;

    @Inject
    OrderViews views;

    @Inject
    Orders orders;

    @Inject
    MessageIds ids;

    @Test
    void a_checked_out_basket_becomes_the_order_that_it_names() {
        var basket = basket(List.of(line()));
        others.publish(basket.basket(), basket);
        var view = await().until(() -> views.find(basket.order()), found -> found.isPresent())
                .orElseThrow();
        assertEquals(OrderStatus.PENDING, view.status());
        assertEquals(basket.customer(), view.customerId());
        assertEquals(basket.payment(), view.paymentId());
        assertEquals(PRICE.times(2), view.total());
        assertEquals("Lamp", view.items().getFirst().productName());
        await().until(() ->
                neighbours.created.stream().anyMatch(event -> event.order().equals(basket.order())));
        given().get("/api/orders/" + basket.order() + "/history")
                .then()
                .body("items.type", contains("OrderCreated"))
                .body("items[0].metadata.actor", equalTo("baskets"));
    }

    @Test
    void a_basket_told_of_again_in_another_message_makes_no_second_order() {
        var basket = basket(List.of(line()));
        hear(basket);
        hear(basket);
        assertEquals(1, orders.story(basket.order()).size());
    }

    @Test
    void a_basket_told_of_twice_in_one_batch_makes_one_order() {
        var basket = basket(List.of(line()));
        QuarkusTransaction.requiringNew().run(() -> {
            events.prefetchBaskets(List.of(basket, basket));
            events.hear(basket);
            events.hear(basket);
        });
        assertEquals(1, orders.story(basket.order()).size());
    }

    @Test
    void a_basket_does_not_bring_back_an_order_that_has_gone_on() {
        var basket = basket(List.of(line()));
        hear(basket);
        stage.cancelAsked(basket.order());
        hear(basket);
        assertEquals(OrderStatus.CANCELLING, status(basket.order()));
    }

    @Test
    void what_is_wrong_in_a_basket_is_left_to_the_saga_to_refuse() {
        var nobodyKnowsThis = new OrderLine(UUID.randomUUID(), "", UUID.randomUUID(), "", PRICE, 0);
        var basket = basket(List.of(nobodyKnowsThis));
        hear(basket);
        assertEquals(OrderStatus.PENDING, status(basket.order()));
    }

    @Test
    void the_story_goes_on_over_the_wire_from_a_completed_list_to_a_paid_invoice() {
        var order = stage.order(OrderStatus.APPROVED);
        others.publish(order, list(order));
        await().until(() -> status(order) == OrderStatus.READY);
        others.publish(order, invoice(order, 1, InvoiceStatus.ISSUED));
        await().until(() ->
                Stage.invoiceOf(order).equals(views.find(order).orElseThrow().invoiceId()));
        others.publish(order, invoice(order, 2, InvoiceStatus.PAID));
        await().until(() -> status(order) == OrderStatus.COMPLETED);
        given().get("/api/orders/" + order + "/history")
                .then()
                .body(
                        "items.type",
                        contains("OrderCreated", "OrderApproved", "OrderReadied", "OrderInvoiced", "OrderCompleted"))
                .body("items.status", contains("PENDING", "APPROVED", "READY", "READY", "COMPLETED"))
                .body("items.metadata.actor[2]", equalTo("depot"))
                .body("items.metadata.actor[4]", equalTo("payments"));
    }

    @Test
    void every_change_is_told_with_the_full_state_and_its_version() {
        var order = stage.order(OrderStatus.COMPLETED);
        var told = await().until(() -> toldOf(order), news -> news.size() == 3);
        assertEquals(
                List.of(OrderStatus.APPROVED, OrderStatus.READY, OrderStatus.COMPLETED),
                told.stream().map(OrderChanged::status).toList());
        assertEquals(
                List.of(2L, 3L, 4L), told.stream().map(OrderChanged::version).toList());
        var last = told.getLast();
        var view = views.find(order).orElseThrow();
        assertEquals(
                new OrderChanged(
                        order,
                        4,
                        OrderStatus.COMPLETED,
                        null,
                        view.customerId(),
                        view.paymentId(),
                        Stage.listOf(order),
                        Stage.invoiceOf(order),
                        view.total(),
                        view.updatedAt()),
                last);
    }

    @Test
    void an_approval_after_the_bot_tells_of_both_steps() {
        var order = stage.approved(stage.fetched(stage.placed()));
        assertEquals(OrderStatus.READY, status(order));
        var told = await().until(() -> toldOf(order), news -> news.size() == 3);
        assertEquals(
                List.of(OrderStatus.PENDING, OrderStatus.APPROVED, OrderStatus.READY),
                told.stream().map(OrderChanged::status).toList());
    }

    @Test
    void a_paid_invoice_may_be_heard_of_before_it_was_issued() {
        var order = stage.order(OrderStatus.READY);
        stage.invoice(order, InvoiceStatus.PAID);
        stage.invoice(order, InvoiceStatus.ISSUED);
        var view = views.find(order).orElseThrow();
        assertEquals(OrderStatus.COMPLETED, view.status());
        assertEquals(Stage.invoiceOf(order), view.invoiceId());
        assertEquals(4, view.version());
    }

    @Test
    void a_cancelled_invoice_does_not_complete_anything() {
        var order = stage.invoice(stage.order(OrderStatus.READY), InvoiceStatus.CANCELLED);
        assertEquals(OrderStatus.READY, status(order));
    }

    @Test
    void an_order_that_is_being_cancelled_ignores_what_is_told_late() {
        var order = stage.cancelAsked(stage.order(OrderStatus.APPROVED));
        stage.fetched(order);
        stage.invoice(order, InvoiceStatus.ISSUED);
        stage.invoice(order, InvoiceStatus.PAID);
        assertEquals(OrderStatus.CANCELLING, status(order));
        assertEquals(3, views.find(order).orElseThrow().version());
    }

    @Test
    void in_any_order_and_however_often_told_the_order_gets_ready_once() {
        for (int seed = 0; seed < 20; seed++) {
            var order = stage.placed();
            var deliveries = new ArrayList<Runnable>();
            deliveries.addAll(Collections.nCopies(2, () -> stage.approved(order)));
            deliveries.addAll(Collections.nCopies(3, () -> stage.fetched(order)));
            Collections.shuffle(deliveries, new Random(seed));
            deliveries.forEach(Runnable::run);
            assertEquals(OrderStatus.READY, status(order), "seed " + seed);
            assertEquals(
                    1,
                    orders.story(order).stream()
                            .filter(moment -> moment.event().data() instanceof OrderChange.Readied)
                            .count());
        }
    }

    @Test
    void news_of_an_order_never_placed_is_a_failure_for_an_operator_to_see() {
        var unknown = UUID.randomUUID();
        assertThrows(IllegalStateException.class, () -> stage.fetched(unknown));
        assertThrows(IllegalStateException.class, () -> stage.invoice(unknown, InvoiceStatus.PAID));
    }

    private BasketCheckedOut basket(List<OrderLine> lines) {
        return new BasketCheckedOut(
                ids.next(), ids.next(), ids.next(), ids.next(), lines, PRICE.times(2), Instant.EPOCH);
    }

    private static OrderLine line() {
        return new OrderLine(UUID.randomUUID(), "Lamp", UUID.randomUUID(), "Lights & Co", PRICE, 2);
    }

    private static ShoppingListCompleted list(UUID order) {
        return new ShoppingListCompleted(order, Stage.listOf(order), UUID.randomUUID(), Instant.EPOCH);
    }

    private static InvoiceChanged invoice(UUID order, long version, InvoiceStatus status) {
        return new InvoiceChanged(Stage.invoiceOf(order), version, order, PRICE, status, Instant.EPOCH);
    }

    private void hear(BasketCheckedOut basket) {
        QuarkusTransaction.requiringNew().run(() -> events.hear(basket));
    }

    private OrderStatus status(UUID order) {
        return views.find(order).orElseThrow().status();
    }

    private List<OrderChanged> toldOf(UUID order) {
        return neighbours.changed.stream()
                .filter(event -> event.order().equals(order))
                .sorted((one, other) -> Long.compare(one.version(), other.version()))
                .toList();
    }
}
