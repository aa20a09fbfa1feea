package emporium.ordering;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.contracts.ordering.ApproveOrder;
import emporium.contracts.ordering.CancelOrder;
import emporium.contracts.ordering.OrderApproved;
import emporium.contracts.ordering.OrderCancelled;
import emporium.contracts.ordering.OrderRejected;
import emporium.contracts.ordering.OrderStatus;
import emporium.contracts.ordering.RejectOrder;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The wish to cancel an order, and what the sagas make of it. */
@QuarkusTest
class OrderCancelTest {
    @Inject
    Stage stage;

    @Inject
    Neighbours neighbours;

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "APPROVED", "READY"})
    void an_order_that_is_not_completed_can_be_cancelled(OrderStatus status) {
        var order = stage.order(status);
        var answer = cancel(order, "Too slow").statusCode(202).extract();
        assertEquals("/api/orders/" + order, answer.header("Location"));
        assertEquals("CANCELLING", answer.path("status"));
        assertEquals("cancel-order", answer.path("heldBy"));
        get(order).body("status", equalTo("CANCELLING")).body("reason", equalTo("Too slow"));
    }

    @Test
    void the_others_are_told_that_a_cancel_was_asked_for() {
        var order = stage.order(OrderStatus.APPROVED);
        cancel(order, "Too slow").statusCode(202);
        var event = await().until(
                        () -> neighbours.cancelRequested.stream()
                                .filter(told -> told.order().equals(order))
                                .toList(),
                        told -> told.size() == 1)
                .getFirst();
        assertEquals("Too slow", event.reason());
        get(order)
                .body("customerId", equalTo(event.customer().toString()))
                .body("paymentId", equalTo(event.payment().toString()));
        await().until(() -> neighbours.changed.stream()
                .anyMatch(told -> told.order().equals(order) && told.status() == OrderStatus.CANCELLING));
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, 'cannot be cancelled.'",
        "REJECTED, 'cannot be cancelled.'",
        "CANCELLED, 'cannot be cancelled.'",
        "CANCELLING, 'cannot be cancelled: the saga cancel-order holds it.'"
    })
    void an_order_that_has_ended_or_is_held_refuses_a_cancel_and_says_why(OrderStatus status, String why) {
        var order = stage.order(status);
        var before = get(order).extract().asString();
        cancel(order, "Too slow")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", equalTo("The order " + order + " is " + status + " and " + why));
        assertEquals(before, get(order).extract().asString());
    }

    @Test
    void the_order_says_which_saga_holds_it() {
        get(stage.order(OrderStatus.PENDING)).body("heldBy", equalTo("create-order"));
        get(stage.order(OrderStatus.APPROVED)).body("heldBy", nullValue());
        get(stage.order(OrderStatus.CANCELLING)).body("heldBy", equalTo("cancel-order"));
        get(stage.order(OrderStatus.CANCELLED)).body("heldBy", nullValue());
    }

    @Test
    void an_unknown_order_cannot_be_cancelled() {
        cancel(UUID.randomUUID(), "Too slow").statusCode(404).contentType("application/problem+json");
    }

    @Test
    void a_cancel_gives_a_reason() {
        var order = stage.placed();
        for (var body : List.of("{}", "{\"reason\": \" \"}", "{\"reason\": \"" + "x".repeat(501) + "\"}")) {
            given().contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/orders/" + order + "/cancel")
                    .then()
                    .statusCode(400)
                    .body("violations.field", hasItem("reason"));
        }
        get(order).body("status", equalTo("PENDING"));
    }

    @Test
    void the_same_key_gives_the_first_answer_again() {
        var order = stage.order(OrderStatus.APPROVED);
        var key = UUID.randomUUID().toString();
        var first = keyed(order, key, "Too slow").statusCode(202).extract().asString();
        stage.cancelled(order);
        assertEquals(
                first, keyed(order, key, "Too slow").statusCode(202).extract().asString());
        keyed(order, key, "Too dear").statusCode(422);
    }

    @Test
    void of_many_who_cancel_at_once_one_is_granted_and_the_others_are_told_who_holds_it()
            throws InterruptedException, ExecutionException {
        var order = stage.order(OrderStatus.APPROVED);
        Callable<Integer> cancel = () -> cancel(order, "Too slow").extract().statusCode();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(i -> cancel).toList());
            var statuses = new ArrayList<Integer>();
            for (var answer : answers) {
                statuses.add(answer.get());
            }
            assertEquals(
                    List.of(202, 409, 409, 409, 409, 409, 409, 409),
                    statuses.stream().sorted().toList());
        }
    }

    @Test
    void a_cancel_that_meets_other_changes_is_granted_all_the_same() throws InterruptedException, ExecutionException {
        for (int i = 0; i < 10; i++) {
            var order = stage.order(OrderStatus.APPROVED);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var cancel =
                        threads.submit(() -> cancel(order, "Too slow").extract().statusCode());
                threads.submit(() -> stage.fetched(order));
                assertEquals(202, cancel.get());
            }
            get(order).body("status", equalTo("CANCELLING"));
        }
    }

    @Test
    void the_saga_closes_the_order_and_may_say_so_twice() {
        var order = stage.cancelAsked(stage.order(OrderStatus.APPROVED));
        var command = neighbours.send(new CancelOrder(order, "undone"));
        await().until(() -> neighbours.replies.containsKey(command));
        assertEquals(new OrderCancelled(order), neighbours.replies.get(command));
        assertEquals(new OrderCancelled(order), stage.tell(new CancelOrder(order, "undone")));
        get(order)
                .body("status", equalTo("CANCELLED"))
                .body("reason", equalTo("changed my mind"))
                .body("version", equalTo(4));
    }

    @Test
    void an_approval_on_its_way_is_answered_and_leaves_the_cancel_alone() {
        var order = stage.cancelAsked(stage.placed());
        var approve = new ApproveOrder(order, Stage.listOf(order));
        assertEquals(new OrderApproved(order), stage.tell(approve));
        assertEquals(new OrderApproved(order), stage.tell(approve));
        get(order)
                .body("status", equalTo("CANCELLING"))
                .body("shoppingListId", equalTo(Stage.listOf(order).toString()))
                .body("version", equalTo(3));
    }

    @Test
    void a_refusal_that_meets_a_cancel_ends_it_as_cancelled_and_stays_in_the_history() {
        var order = stage.cancelAsked(stage.placed());
        assertEquals(new OrderRejected(order), stage.tell(new RejectOrder(order, "card expired")));
        assertEquals(new OrderCancelled(order), stage.tell(new CancelOrder(order, "changed my mind")));
        get(order).body("status", equalTo("CANCELLED")).body("reason", equalTo("changed my mind"));
        given().get("/api/orders/" + order + "/history")
                .then()
                .body("items.type", contains("OrderCreated", "OrderCancelRequested", "OrderCancelled"))
                .body("items[1].metadata.reason", equalTo("changed my mind"))
                .body("items[2].data.reason", equalTo("card expired"));
    }

    @Test
    void a_pending_order_whose_saga_an_operator_has_turned_round_is_cancelled() {
        var order = stage.placed();
        assertEquals(new OrderCancelled(order), stage.tell(new CancelOrder(order, "fraud")));
        get(order).body("status", equalTo("CANCELLED")).body("reason", equalTo("fraud"));
    }

    private static ValidatableResponse cancel(UUID order, String reason) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("reason", reason))
                .post("/api/orders/" + order + "/cancel")
                .then();
    }

    private static ValidatableResponse keyed(UUID order, String key, String reason) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(Map.of("reason", reason))
                .post("/api/orders/" + order + "/cancel")
                .then();
    }

    private static ValidatableResponse get(UUID order) {
        return given().get("/api/orders/" + order).then().statusCode(200);
    }
}
