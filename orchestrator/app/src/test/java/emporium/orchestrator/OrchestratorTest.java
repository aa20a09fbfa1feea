package emporium.orchestrator;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.Money;
import emporium.contracts.customers.AuthorizeCustomer;
import emporium.contracts.customers.CustomerUnknown;
import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.CreateShoppingList;
import emporium.contracts.depot.Line;
import emporium.contracts.depot.OutOfStock;
import emporium.contracts.ordering.ApproveOrder;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.RejectOrder;
import emporium.contracts.payments.ConfirmPayment;
import emporium.contracts.payments.PaymentDeclined;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.saga.SagaStatus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From the event that an order was placed to the last command, over real servers. */
@QuarkusTest
class OrchestratorTest {

    private static final Money TOTAL = new Money(998, "EUR");

    @Inject
    Participants participants;

    @Inject
    MessageIds ids;

    @Inject
    @OwnedBy("orchestrator")
    Outbox outbox;

    private final UUID product = UUID.randomUUID();
    private final UUID store = UUID.randomUUID();

    @Test
    void a_placed_order_is_approved_and_its_saga_tells_how() {
        var order = place();
        var saga = ended(order, SagaStatus.COMPLETED);
        assertTrue(participants.heard(new ApproveOrder(order.order(), Participants.LIST)));
        saga(saga)
                .statusCode(200)
                .body("definition", equalTo("create-order"))
                .body("version", equalTo(2))
                .body("status", equalTo("COMPLETED"))
                .body("currentStep", nullValue())
                .body("orderId", equalTo(order.order().toString()))
                .body("history", hasSize(12))
                .body("history[0].outcome", equalTo("STARTED"))
                .body("history[1].at", notNullValue())
                .body("history[1].step", equalTo("customer"))
                .body("history[1].kind", equalTo("ACTION"))
                .body("history[1].message", equalTo("customers.AuthorizeCustomer.v1"))
                .body("history[1].outcome", equalTo("SENT"))
                .body("history[1].attempt", equalTo(1))
                .body("history[2].message", equalTo("depot.CreateShoppingList.v1"))
                .body("history[3].message", equalTo("payments.ConfirmPayment.v1"))
                .body("history.message", hasItem("customers.CustomerAuthorized.v1"))
                .body("history[11].outcome", equalTo("COMPLETED"));
    }

    @Test
    void an_unknown_customer_ends_in_a_rejection_that_says_so() {
        var order = order();
        var unknown = new CustomerUnknown(order.customer());
        participants.refuse(new AuthorizeCustomer(order.customer()), unknown);
        participants.place(order);
        ended(order, SagaStatus.COMPENSATED);
        assertTrue(participants.heard(new RejectOrder(order.order(), unknown.reason())));
        assertTrue(participants.heard(new CancelShoppingList(order.order())));
    }

    @Test
    void too_little_stock_ends_in_a_rejection_that_names_the_product() {
        var order = order();
        var lines = List.of(new Line(product, "Milk", store, "Dairy", 2));
        participants.refuse(
                new CreateShoppingList(order.order(), lines), new OutOfStock(order.order(), List.of("Milk")));
        participants.place(order);
        ended(order, SagaStatus.COMPENSATED);
        assertTrue(participants.heard(new RejectOrder(order.order(), "Not enough in stock of Milk.")));
    }

    @Test
    void a_declined_payment_frees_the_stock_and_rejects_the_order() {
        var order = order();
        participants.refuse(
                new ConfirmPayment(order.order(), order.payment(), order.customer(), TOTAL),
                new PaymentDeclined(order.payment(), "The card has expired."));
        participants.place(order);
        var saga = ended(order, SagaStatus.COMPENSATED);
        assertTrue(participants.heard(new CancelShoppingList(order.order())));
        assertTrue(participants.heard(new RejectOrder(order.order(), "The card has expired.")));
        saga(saga).body("history.detail", hasItem("The card has expired."));
    }

    @Test
    void an_event_told_twice_begins_one_saga() {
        var order = place();
        participants.place(order);
        ended(order, SagaStatus.COMPLETED);
        var last = place();
        ended(last, SagaStatus.COMPLETED);
        found(order).body("items", hasSize(1));
        assertEquals(1, participants.heard(CreateShoppingList.class, order.order()));
    }

    @Test
    void a_reply_for_a_saga_that_there_is_not_is_tried_again_for_a_while_and_then_parked() {
        var nobody = ids.next();
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.send(ids.next(), nobody, new AuthorizeCustomer(UUID.randomUUID())));
        var parked = "items.find { it.reason.contains('" + nobody + "') }";
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> given().queryParam("service", "orchestrator")
                .get("/api/messages/parked")
                .then()
                .statusCode(200)
                .body(parked + ".type", equalTo("customers.CustomerAuthorized.v1"))
                .body(parked + ".attempts", equalTo(7)));
    }

    @Test
    void many_orders_at_once_are_all_approved() {
        var orders = IntStream.range(0, 200).mapToObj(_ -> place()).toList();
        orders.forEach(order -> await().atMost(Duration.ofSeconds(30)).until(() -> isAt(order, SagaStatus.COMPLETED)));
    }

    @Test
    void sagas_are_listed_page_by_page() {
        ended(place(), SagaStatus.COMPLETED);
        ended(place(), SagaStatus.COMPLETED);
        String next = given().queryParam("status", "COMPLETED")
                .queryParam("definition", "create-order")
                .queryParam("limit", 1)
                .get("/api/sagas")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .extract()
                .path("next");
        given().queryParam("cursor", next)
                .get("/api/sagas")
                .then()
                .statusCode(200)
                .body("items[0].id", notNullValue());
    }

    @Test
    void bad_questions_are_answered_with_problems() {
        saga(UUID.randomUUID()).statusCode(404).contentType("application/problem+json");
        when().get("/api/sagas/nonsense").then().statusCode(404);
        given().queryParam("status", "LOST")
                .get("/api/sagas")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].message", containsString("NEEDS_ATTENTION"));
        given().queryParam("orderId", "nonsense").get("/api/sagas").then().statusCode(400);
        given().queryParam("limit", 501).get("/api/sagas").then().statusCode(400);
        given().queryParam("cursor", "x").get("/api/sagas").then().statusCode(400);
    }

    private OrderCreated place() {
        var order = order();
        participants.place(order);
        return order;
    }

    private OrderCreated order() {
        var line = new OrderLine(product, "Milk", store, "Dairy", new Money(499, "EUR"), 2);
        return new OrderCreated(ids.next(), ids.next(), ids.next(), List.of(line), TOTAL, Instant.EPOCH);
    }

    /** Waits for the order's saga to end so, and returns its id. */
    private UUID ended(OrderCreated order, SagaStatus status) {
        await().until(() -> isAt(order, status));
        return UUID.fromString(found(order).extract().path("items[0].id"));
    }

    private static boolean isAt(OrderCreated order, SagaStatus status) {
        return status.name().equals(found(order).extract().path("items[0].status"));
    }

    private static ValidatableResponse found(OrderCreated order) {
        return given().queryParam("orderId", order.order()).get("/api/sagas").then();
    }

    private static ValidatableResponse saga(UUID id) {
        return when().get("/api/sagas/" + id).then();
    }
}
