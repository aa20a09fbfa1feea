package emporium.orchestrator;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.Money;
import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.InitiateShopping;
import emporium.contracts.depot.OutOfStock;
import emporium.contracts.orchestrator.SagaOutcome;
import emporium.contracts.ordering.CancelOrder;
import emporium.contracts.ordering.OrderCancelRequested;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.payments.ConfirmPayment;
import emporium.contracts.payments.ReleasePayment;
import emporium.contracts.payments.ReturnPayment;
import emporium.messaging.MessageIds;
import emporium.saga.SagaRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders that are cancelled, late, or need a person, over real servers. */
@QuarkusTest
class OrdersInTroubleTest {

    private static final Money TOTAL = new Money(998, "EUR");
    private static final String WHY = "changed my mind";

    @Inject
    Participants participants;

    @Inject
    MessageIds ids;

    private OrderCreated order;

    @AfterEach
    void letAllGo() {
        participants.letAllGo();
    }

    @Test
    void a_cancel_before_the_pivot_turns_the_saga_round_and_cancels_the_order() {
        order = order();
        participants.hold(confirmPayment());
        participants.place(order);
        await().until(() -> participants.heard(confirmPayment()));
        participants.wantsCancelled(cancel());
        await().until(() -> createOrderIs("COMPENSATING"));
        participants.letGo(confirmPayment());
        await().until(() -> createOrderIs("COMPENSATED"));
        assertTrue(participants.heard(new ReleasePayment(order.order(), order.payment())));
        assertTrue(participants.heard(new CancelShoppingList(order.order())));
        assertTrue(participants.heard(new CancelOrder(order.order(), WHY)));
        saga(cancelOrder()).statusCode(404);
    }

    @Test
    void a_cancel_after_the_pivot_is_remembered_and_carried_out_after_the_end() {
        order = order();
        var shopping = new InitiateShopping(order.order());
        participants.hold(shopping);
        participants.place(order);
        await().until(() -> participants.heard(shopping));
        participants.wantsCancelled(cancel());
        await().until(() -> WHY.equals(saga(createOrder()).extract().path("cancel")));
        participants.letGo(shopping);
        await().until(() -> isAt(cancelOrder(), "COMPLETED"));
        saga(createOrder()).body("status", equalTo("COMPLETED")).body("history.outcome", hasItem("CANCEL_REMEMBERED"));
        assertTrue(participants.heard(new ReturnPayment(order.order(), order.payment(), WHY)));
        assertTrue(participants.heard(new CancelOrder(order.order(), WHY)));
    }

    @Test
    void a_cancel_of_an_approved_order_begins_at_once_and_ends_are_told() {
        order = place();
        await().until(() -> createOrderIs("COMPLETED"));
        participants.wantsCancelled(cancel());
        await().until(() -> isAt(cancelOrder(), "COMPLETED"));
        await().until(() -> participants.ends(order.order()).size() == 2);
        var ends = participants.ends(order.order());
        assertEquals("create-order", ends.getFirst().definition());
        assertEquals("cancel-order", ends.getLast().definition());
        assertEquals(SagaOutcome.COMPLETED, ends.getLast().outcome());
    }

    @Test
    void a_cancel_that_overtakes_its_order_is_tried_again_until_the_order_is_there() {
        order = order();
        participants.wantsCancelled(cancel());
        participants.place(order);
        await().until(() -> participants.heard(new CancelOrder(order.order(), WHY)));
    }

    @Test
    void what_a_person_has_to_look_at_is_sent_again_when_the_person_says_so() {
        order = order();
        var shopping = needsAttention();
        move("retry", Map.of("reason", " ")).statusCode(400).body("violations[0].field", containsString("reason"));
        move("retry", Map.of()).statusCode(400);
        move("cancel", Map.of("reason", WHY))
                .statusCode(409)
                .body(
                        "detail",
                        equalTo("The saga cannot be cancelled: it is NEEDS_ATTENTION at 'shopping', past its pivot."));
        participants.agreeTo(shopping);
        move("retry", Map.of("reason", "delivered")).statusCode(200).body("history.detail", hasItem("delivered"));
        await().until(() -> createOrderIs("COMPLETED"));
        saga(createOrder())
                .body("history.findAll { it.kind == 'OPERATOR' }.outcome", equalTo(List.of("RETRIED")))
                .body("history.message", hasItems("depot.OutOfStock.v1", "depot.ShoppingInitiated.v1"));
        move("retry", Map.of("reason", "again")).statusCode(409).body("detail", containsString("COMPLETED"));
    }

    @Test
    void what_a_person_has_done_by_hand_is_skipped_or_resolved() {
        order = order();
        needsAttention();
        move("skip", Map.of("reason", "a bot was told by hand")).statusCode(200);
        await().until(() -> createOrderIs("COMPLETED"));
        order = order();
        needsAttention();
        move("resolve", Map.of("reason", "the customer came by"))
                .statusCode(200)
                .body("status", equalTo("RESOLVED"));
        found("RESOLVED").body("items.orderId", hasItem(order.order().toString()));
    }

    @Test
    void a_move_on_a_saga_that_there_is_not_is_not_found() {
        order = order();
        move("retry", Map.of("reason", "who?")).statusCode(404);
    }

    @Test
    void a_saga_tells_its_deadline_what_it_waits_for_and_that_it_is_late() {
        order = order();
        var shopping = new InitiateShopping(order.order());
        participants.hold(shopping);
        participants.place(order);
        await().until(() -> participants.heard(shopping));
        await().until(() -> "shopping".equals(saga(createOrder()).extract().path("currentStep")));
        saga(createOrder()).body("deadline", notNullValue()).body("awaits", hasSize(1));
        // its deadline is a second in this test's configuration
        await().until(() -> saga(createOrder()).extract().path("late"));
        saga(createOrder()).body("awaits[0].attempt", not(equalTo(1))).body("history.outcome", hasItem("TIMED_OUT"));
        participants.letGo(shopping);
        await().until(() -> createOrderIs("COMPLETED"));
        saga(createOrder()).body("late", equalTo(false)).body("deadline", nullValue());
    }

    @Test
    void sagas_are_found_by_age() {
        order = place();
        await().until(() -> createOrderIs("COMPLETED"));
        list("PT1H").body("items", hasSize(0));
        list("PT0S").body("items", hasSize(1));
        list("yesterday").statusCode(400).body("violations[0].message", containsString("PT5M"));
    }

    @Test
    void the_sagas_are_metered() {
        order = place();
        await().until(() -> createOrderIs("COMPLETED"));
        var metrics = when().get("/q/metrics").then().statusCode(200).extract().asString();
        for (var meter : List.of(
                "sagas_started_total{definition=\"create-order\"}",
                "sagas_finished_total{definition=\"create-order\",outcome=\"COMPLETED\"}",
                "saga_step_seconds_count{definition=\"create-order\",kind=\"ACTION\",step=\"payment\"}",
                "sagas_oldest_seconds{definition=\"create-order\"}",
                "sagas_attention{definition=\"cancel-order\"}")) {
            assertTrue(metrics.contains(meter), meter);
        }
        assertFalse(metrics.contains(order.order().toString()));
    }

    private InitiateShopping needsAttention() {
        var shopping = new InitiateShopping(order.order());
        participants.refuse(shopping, new OutOfStock(order.order(), List.of("Milk")));
        participants.place(order);
        await().until(() -> createOrderIs("NEEDS_ATTENTION"));
        return shopping;
    }

    private ValidatableResponse move(String move, Map<String, String> body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/sagas/" + createOrder() + "/" + move)
                .then();
    }

    private ValidatableResponse list(String olderThan) {
        return given().queryParam("orderId", order.order())
                .queryParam("olderThan", olderThan)
                .get("/api/sagas")
                .then();
    }

    private static ValidatableResponse found(String status) {
        return given().queryParam("status", status).get("/api/sagas").then();
    }

    private boolean createOrderIs(String status) {
        return isAt(createOrder(), status);
    }

    private static boolean isAt(UUID saga, String status) {
        return status.equals(saga(saga).extract().path("status"));
    }

    private static ValidatableResponse saga(UUID saga) {
        return when().get("/api/sagas/" + saga).then();
    }

    private UUID createOrder() {
        return SagaRunner.idOf(CreateOrder.DEFINITION, order.order());
    }

    private UUID cancelOrder() {
        return SagaRunner.idOf(CancelOrderSaga.DEFINITION, order.order());
    }

    private ConfirmPayment confirmPayment() {
        return new ConfirmPayment(order.order(), order.payment(), order.customer(), TOTAL);
    }

    private OrderCancelRequested cancel() {
        return new OrderCancelRequested(order.order(), order.customer(), order.payment(), WHY, Instant.EPOCH);
    }

    private OrderCreated place() {
        var placed = order();
        participants.place(placed);
        return placed;
    }

    private OrderCreated order() {
        var product = UUID.randomUUID();
        var line = new OrderLine(product, "Milk", UUID.randomUUID(), "Dairy", new Money(499, "EUR"), 2);
        return new OrderCreated(ids.next(), ids.next(), ids.next(), List.of(line), TOTAL, Instant.EPOCH);
    }
}
