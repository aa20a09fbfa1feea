package emporium.ordering;

import static emporium.contracts.ordering.OrderStatus.APPROVED;
import static emporium.contracts.ordering.OrderStatus.CANCELLED;
import static emporium.contracts.ordering.OrderStatus.CANCELLING;
import static emporium.contracts.ordering.OrderStatus.COMPLETED;
import static emporium.contracts.ordering.OrderStatus.PENDING;
import static emporium.contracts.ordering.OrderStatus.READY;
import static emporium.contracts.ordering.OrderStatus.REJECTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import emporium.ordering.OrderChange.Approved;
import emporium.ordering.OrderChange.ApprovedTooLate;
import emporium.ordering.OrderChange.CancelRequested;
import emporium.ordering.OrderChange.Cancelled;
import emporium.ordering.OrderChange.Completed;
import emporium.ordering.OrderChange.Created;
import emporium.ordering.OrderChange.FetchedBeforehand;
import emporium.ordering.OrderChange.Invoiced;
import emporium.ordering.OrderChange.Readied;
import emporium.ordering.OrderChange.Rejected;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static final UUID ID = new UUID(0, 1);
    private static final UUID LIST = new UUID(0, 2);
    private static final UUID BOT = new UUID(0, 7);
    private static final UUID INVOICE = new UUID(0, 8);
    private static final Created CREATED = new Created(
            ID,
            new UUID(0, 3),
            new UUID(0, 4),
            List.of(new OrderLine(new UUID(0, 5), "Lamp", new UUID(0, 6), "Lights", new Money(1999, "EUR"), 2)),
            new Money(3998, "EUR"));

    private final Order pending = after(CREATED);
    private final Order rejected = after(CREATED, new Rejected("card expired"));
    private final Order approved = after(CREATED, new Approved(LIST));
    private final Order ready = after(CREATED, new Approved(LIST), new Readied(LIST, BOT));
    private final Order invoiced = after(CREATED, new Approved(LIST), new Readied(LIST, BOT), new Invoiced(INVOICE));
    private final Order completed = after(CREATED, new Approved(LIST), new Readied(LIST, BOT), new Completed(INVOICE));
    private final Order cancelling = after(CREATED, new CancelRequested("changed my mind"));
    private final Order cancelled =
            after(CREATED, new CancelRequested("changed my mind"), new Cancelled("changed my mind"));

    @Test
    void a_new_order_is_pending_and_knows_what_was_ordered() {
        assertEquals(PENDING, pending.status());
        assertEquals(CREATED.lines(), pending.lines());
        assertEquals(CREATED.total(), pending.total());
        assertEquals(CREATED.customer(), pending.customer());
        assertEquals(CREATED.payment(), pending.payment());
        assertNull(pending.shoppingList());
    }

    @Test
    void a_pending_order_can_be_approved() {
        assertEquals(List.of(new Approved(LIST)), pending.approve(LIST));
        assertEquals(APPROVED, approved.status());
        assertEquals(LIST, approved.shoppingList());
    }

    @Test
    void a_pending_order_can_be_rejected_with_the_reason() {
        assertEquals(List.of(new Rejected("card expired")), pending.reject("card expired"));
        assertEquals(REJECTED, rejected.status());
        assertEquals("card expired", rejected.reason());
    }

    @Test
    void approving_once_more_with_the_same_list_changes_nothing() {
        Stream.of(approved, ready, completed).forEach(order -> assertEquals(List.of(), order.approve(LIST)));
    }

    @Test
    void rejecting_once_more_changes_nothing_and_keeps_the_first_reason() {
        assertEquals(List.of(), rejected.reject("out of stock"));
        assertEquals("card expired", rejected.reason());
    }

    @Test
    void an_approved_order_takes_no_other_list() {
        refuses("is APPROVED and cannot become APPROVED", () -> approved.approve(new UUID(0, 9)));
    }

    @Test
    void an_approved_order_cannot_be_rejected() {
        refuses("is APPROVED and cannot become REJECTED", () -> approved.reject("too late"));
        refuses("is READY and cannot become REJECTED", () -> ready.reject("too late"));
        refuses("is COMPLETED and cannot become REJECTED", () -> completed.reject("too late"));
    }

    @Test
    void a_rejected_order_cannot_be_approved() {
        refuses("is REJECTED and cannot become APPROVED", () -> rejected.approve(LIST));
    }

    @Test
    void a_fetched_order_is_ready() {
        assertEquals(List.of(new Readied(LIST, BOT)), approved.fetch(LIST, BOT));
        assertEquals(READY, ready.status());
        assertEquals(LIST, ready.shoppingList());
    }

    @Test
    void a_bot_that_is_faster_than_the_approval_is_not_forgotten() {
        var early = after(CREATED, new FetchedBeforehand(LIST, BOT));
        assertEquals(List.of(new FetchedBeforehand(LIST, BOT)), pending.fetch(LIST, BOT));
        assertEquals(PENDING, early.status());
        assertEquals(List.of(), early.fetch(LIST, BOT));
        assertEquals(List.of(new Approved(LIST), new Readied(LIST, BOT)), early.approve(LIST));
    }

    @Test
    void a_ready_order_notes_its_invoice() {
        assertEquals(List.of(new Invoiced(INVOICE)), ready.invoice(INVOICE));
        assertEquals(INVOICE, invoiced.invoice());
        assertEquals(READY, invoiced.status());
        assertEquals(List.of(), invoiced.invoice(INVOICE));
    }

    @Test
    void a_paid_order_is_completed_whether_its_invoice_was_heard_of_or_not() {
        assertEquals(List.of(new Completed(INVOICE)), invoiced.pay(INVOICE));
        assertEquals(List.of(new Completed(INVOICE)), ready.pay(INVOICE));
        assertEquals(COMPLETED, completed.status());
        assertEquals(INVOICE, completed.invoice());
    }

    @Test
    void an_invoice_before_the_order_is_ready_is_a_fault() {
        refuses("is PENDING and cannot have the invoice " + INVOICE + " yet", () -> pending.invoice(INVOICE));
        refuses("is APPROVED and cannot have the invoice " + INVOICE + " yet", () -> approved.pay(INVOICE));
    }

    @Test
    void a_cancel_can_be_asked_for_until_the_order_is_completed() {
        for (var order : List.of(pending, approved, ready, invoiced)) {
            assertEquals(List.of(new CancelRequested("too slow")), order.requestCancel("too slow"));
            var now = Order.after(order, new CancelRequested("too slow"));
            assertEquals(CANCELLING, now.status());
            assertEquals("too slow", now.reason());
            assertEquals(order.shoppingList(), now.shoppingList());
        }
    }

    @Test
    void an_order_that_has_ended_or_is_held_by_a_cancel_takes_no_cancel() {
        for (var order : List.of(completed, rejected, cancelling, cancelled)) {
            refuses("is " + order.status() + " and cannot become CANCELLING", () -> order.requestCancel("again"));
        }
    }

    @Test
    void an_order_names_the_saga_that_holds_it() {
        assertEquals("create-order", SemanticLock.holder(PENDING));
        assertEquals("cancel-order", SemanticLock.holder(CANCELLING));
        Stream.of(APPROVED, READY, COMPLETED, REJECTED, CANCELLED)
                .forEach(status -> assertNull(SemanticLock.holder(status)));
    }

    @Test
    void a_cancelling_order_is_closed_by_its_cancel_and_keeps_the_customers_reason() {
        assertEquals(List.of(new Cancelled("undone")), cancelling.cancel("undone"));
        var now = Order.after(cancelling, new Cancelled("undone"));
        assertEquals(CANCELLED, now.status());
        assertEquals("changed my mind", now.reason());
    }

    @Test
    void a_pending_order_can_be_cancelled_by_the_saga_that_was_turned_round() {
        assertEquals(List.of(new Cancelled("an operator's")), pending.cancel("an operator's"));
        assertEquals(
                "an operator's",
                Order.after(pending, new Cancelled("an operator's")).reason());
    }

    @Test
    void a_closed_order_stays_as_it_was_closed() {
        for (var order : List.of(rejected, cancelled)) {
            assertEquals(List.of(), order.cancel("again"));
            assertEquals(List.of(), order.reject("again"));
        }
    }

    @Test
    void what_is_held_for_an_order_is_not_forgotten_by_a_cancel_out_of_turn() {
        for (var order : List.of(approved, ready, completed)) {
            refuses("is " + order.status() + " and cannot become CANCELLED", () -> order.cancel("no one asked"));
        }
    }

    @Test
    void an_approval_that_comes_too_late_leaves_its_list_and_the_cancel_goes_on() {
        assertEquals(List.of(new ApprovedTooLate(LIST)), cancelling.approve(LIST));
        var now = Order.after(cancelling, new ApprovedTooLate(LIST));
        assertEquals(CANCELLING, now.status());
        assertEquals(LIST, now.shoppingList());
        assertEquals(List.of(), now.approve(LIST));
    }

    @Test
    void a_refusal_while_cancelling_ends_as_the_cancel_that_was_promised() {
        assertEquals(List.of(new Cancelled("card expired")), cancelling.reject("card expired"));
        var now = Order.after(cancelling, new Cancelled("card expired"));
        assertEquals(CANCELLED, now.status());
        assertEquals("changed my mind", now.reason());
    }

    @Test
    void what_the_others_tell_of_an_order_that_is_cancelled_or_over_changes_nothing() {
        for (var order : List.of(cancelling, cancelled, rejected, completed)) {
            assertEquals(List.of(), order.fetch(LIST, BOT));
            assertEquals(List.of(), order.invoice(INVOICE));
            assertEquals(List.of(), order.pay(INVOICE));
        }
    }

    @Test
    void in_any_order_and_however_often_told_an_order_comes_to_the_same_end() {
        for (int seed = 0; seed < 1000; seed++) {
            var random = new Random(seed);
            var ready = play(pending, random, o -> o.approve(LIST), o -> o.fetch(LIST, BOT));
            assertEquals(READY, ready.status(), "seed " + seed);
            var end = play(ready, random, o -> o.invoice(INVOICE), o -> o.pay(INVOICE), o -> o.fetch(LIST, BOT));
            assertEquals(COMPLETED, end.status(), "seed " + seed);
            assertEquals(INVOICE, end.invoice());
            assertEquals(LIST, end.shoppingList());
        }
    }

    @Test
    void once_a_cancel_was_asked_for_nothing_told_in_any_order_leads_elsewhere() {
        for (int seed = 0; seed < 1000; seed++) {
            var random = new Random(seed);
            var from = List.of(pending, approved, ready, invoiced).get(random.nextInt(4));
            var asked = Order.after(from, new CancelRequested("too slow"));
            var end = play(
                    asked,
                    random,
                    o -> o.status() == CANCELLED ? List.of() : o.approve(LIST),
                    o -> o.fetch(LIST, BOT),
                    o -> o.invoice(INVOICE),
                    o -> o.pay(INVOICE),
                    o -> o.cancel("undone"),
                    o -> o.reject("refused"));
            assertEquals(CANCELLED, end.status(), "seed " + seed);
            assertEquals("too slow", end.reason());
        }
    }

    @Test
    void only_what_is_over_takes_no_cancel_and_no_news() {
        Stream.of(completed, rejected, cancelled)
                .forEach(order -> assertTrue(OrderView.of(order, 1, null, null).ended()));
        Stream.of(pending, approved, ready, cancelling)
                .forEach(order -> assertFalse(OrderView.of(order, 1, null, null).ended()));
    }

    /** Does each of these once to three times, all shuffled. */
    @SafeVarargs
    private static Order play(Order order, Random random, Function<Order, List<? extends OrderChange>>... decisions) {
        var deliveries = new ArrayList<Function<Order, List<? extends OrderChange>>>();
        for (var decision : decisions) {
            deliveries.addAll(Collections.nCopies(1 + random.nextInt(3), decision));
        }
        Collections.shuffle(deliveries, random);
        for (var delivery : deliveries) {
            for (var change : delivery.apply(order)) {
                order = Order.after(order, change);
            }
        }
        return order;
    }

    private static void refuses(String sentence, Runnable move) {
        var refusal = assertThrows(IllegalStateException.class, move::run);
        assertEquals("The order " + ID + " " + sentence + ".", refusal.getMessage());
    }

    private static Order after(OrderChange... changes) {
        Order order = null;
        for (var change : changes) {
            order = Order.after(order, change);
        }
        return order;
    }
}
