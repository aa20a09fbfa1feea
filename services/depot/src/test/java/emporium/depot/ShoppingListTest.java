package emporium.depot;

import static emporium.depot.ShoppingList.Status.AVAILABLE;
import static emporium.depot.ShoppingList.Status.CANCELLED;
import static emporium.depot.ShoppingList.Status.PENDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShoppingListTest {

    private final ShoppingList list =
            ShoppingList.open(UUID.randomUUID(), UUID.randomUUID(), List.of(), Map.of(UUID.randomUUID(), 1L));

    @Test
    void a_list_is_pending_until_it_is_offered_to_the_bots() {
        assertEquals(PENDING, list.status());
        list.makeAvailable();
        assertEquals(AVAILABLE, list.status());
    }

    @Test
    void a_pending_list_can_be_cancelled() {
        list.cancel();
        assertEquals(CANCELLED, list.status());
    }

    @Test
    void an_available_list_can_be_cancelled() {
        list.makeAvailable();
        list.cancel();
        assertEquals(CANCELLED, list.status());
    }

    @Test
    void a_list_is_offered_once() {
        list.makeAvailable();
        assertThrows(IllegalStateException.class, list::makeAvailable);
    }

    @Test
    void a_cancelled_list_stays_cancelled_and_says_so() {
        list.cancel();
        assertThrows(IllegalStateException.class, list::cancel);
        var refusal = assertThrows(IllegalStateException.class, list::makeAvailable);
        assertEquals(
                "The shopping list " + list.id() + " is CANCELLED and cannot become AVAILABLE.", refusal.getMessage());
    }

    @Test
    void a_list_cancelled_beforehand_holds_nothing() {
        var tombstone = ShoppingList.cancelledBeforehand(UUID.randomUUID(), UUID.randomUUID());
        assertEquals(CANCELLED, tombstone.status());
        assertEquals(List.of(), tombstone.stops());
        assertEquals(Map.of(), tombstone.reserved());
    }
}
