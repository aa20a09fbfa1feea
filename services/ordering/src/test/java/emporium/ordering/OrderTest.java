package emporium.ordering;

import static emporium.contracts.ordering.OrderStatus.APPROVED;
import static emporium.contracts.ordering.OrderStatus.PENDING;
import static emporium.contracts.ordering.OrderStatus.REJECTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import emporium.ordering.OrderChange.Approved;
import emporium.ordering.OrderChange.Created;
import emporium.ordering.OrderChange.Rejected;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static final UUID ID = new UUID(0, 1);
    private static final UUID LIST = new UUID(0, 2);
    private static final Created CREATED = new Created(
            ID,
            new UUID(0, 3),
            new UUID(0, 4),
            List.of(new OrderLine(new UUID(0, 5), "Lamp", new UUID(0, 6), "Lights", new Money(1999, "EUR"), 2)),
            new Money(3998, "EUR"));

    private final Order pending = after(CREATED);
    private final Order approved = after(CREATED, new Approved(LIST));
    private final Order rejected = after(CREATED, new Rejected("card expired"));

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
        assertEquals(List.of(), approved.approve(LIST));
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
    }

    @Test
    void a_rejected_order_cannot_be_approved() {
        refuses("is REJECTED and cannot become APPROVED", () -> rejected.approve(LIST));
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
